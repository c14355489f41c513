import { describe, expect, it } from '@jest/globals';

import { describeGrowthFeature } from '../../testing/describe-growth-feature.js';
import { sampleLead } from '../../testing/sample-leads.js';
import { LlmReadingFeature } from './llm-reading.feature.js';

const feature = new LlmReadingFeature();
const unread = sampleLead({ unread: ['figure', 'question'] });

describeGrowthFeature(feature, [unread]);

describe('a message', () => {
  it('is read again when the rules left something unread', () => {
    expect(feature.propose(unread)).toEqual({
      actions: ['read_again'],
      decision: { llm_reading: { unread: ['figure', 'question'] } },
    });
    expect(feature.explain(unread)).toEqual({
      llm_reading: { unread: ['figure', 'question'], skipped: null },
    });
  });

  it.each([
    ['nothing_unread', { unread: [] }],
    ['not_configured', { hasLanguageModel: false }],
    ['opted_out', { consent: 'opt_out' }],
    ['not_a_buyer', { intent: 'seller' }],
  ] as const)('is skipped: %s', (reason, changes) => {
    const lead = { ...unread, ...changes };

    expect(feature.propose(lead)).toEqual({ events: [`skipped_${reason}`] });
    expect(feature.explain(lead)).toMatchObject({ llm_reading: { skipped: reason } });
  });
});
