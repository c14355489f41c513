import { readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';

import { describeGrowthFeature } from '../../testing/describe-growth-feature.js';
import { sampleLead } from '../../testing/sample-leads.js';
import {
  assessSlaRisk,
  SlaHandoffThresholdsFeature,
  type SlaInputs,
  type SlaRisk,
} from './sla-handoff-thresholds.feature.js';

const vectors = JSON.parse(
  readFileSync(
    new URL('../../../../test/fixtures/vectors/sla-handoff.json', import.meta.url),
    'utf8',
  ),
) as readonly (SlaInputs & SlaRisk)[];

const feature = new SlaHandoffThresholdsFeature();
const calm = { lead_score: 10, lead_temperature: 'cold', priority: 'normal' } as const;

describeGrowthFeature(feature);

describe('assessSlaRisk', () => {
  it.each(vectors)('known answer $#', ({ risk_level, reason_code, needs_handoff, ...inputs }) => {
    expect(assessSlaRisk(inputs)).toEqual({ risk_level, reason_code, needs_handoff });
  });

  it.each([
    ['immediate', 'high'],
    ['accelerated', 'high'],
    ['standard', 'medium'],
    ['nurture', 'low'],
    ['Immediate', 'low'],
    [null, 'low'],
  ])('a timing bucket of %j is a %s risk', (timing_bucket, level) => {
    const inputs = { ...calm, timing_bucket, elapsed_processing_ms: 0 };

    expect(assessSlaRisk(inputs).risk_level).toBe(level);
  });

  it.each([
    ['high', 120_000, 'high'],
    ['high', 119_999, 'medium'],
    ['high', 59_999, 'low'],
    ['normal', 10_000_000, 'medium'],
    ['normal', Number.NaN, 'low'],
    ['normal', -1, 'low'],
  ] as const)('priority %s after %d ms is a %s risk', (priority, elapsed, level) => {
    const inputs = { ...calm, priority, timing_bucket: null, elapsed_processing_ms: elapsed };

    expect(assessSlaRisk(inputs).risk_level).toBe(level);
  });
});

describe('a lead that needs a person', () => {
  const followUp = {
    action: 'immediate_call',
    delay_minutes: 60,
    timing_bucket: 'immediate',
  } as const;

  it('is handed over: decision, follow-up, action, tag and handoff', () => {
    expect(feature.propose(sampleLead({ followUp }))).toEqual({
      events: ['risk_high', 'handoff_recommended'],
      decision: {
        sla_handoff: {
          needs_handoff: true,
          risk_level: 'high',
          reason_code: 'sla_high_risk_contact_now',
          lead_score: 91,
          priority: 'high',
          timing_bucket: 'immediate',
          elapsed_processing_ms: 500,
          lead_source: 'facebook ads',
          version: 'workstream_g_v1',
          evaluated_at: '2026-02-10T10:00:00.000Z',
        },
      },
      followUp: {
        needs_handoff: true,
        handoff_reason_code: 'sla_high_risk_contact_now',
        handoff_risk_level: 'high',
      },
      actions: ['human_handoff'],
      handoff: { riskLevel: 'high', reasonCode: 'sla_high_risk_contact_now' },
    });
  });

  it('is handed over although its follow-up is malformed', () => {
    const proposal = feature.propose(sampleLead({ followUp: null }));

    expect(proposal.events).toEqual(['invalid_payload', 'risk_high', 'handoff_recommended']);
    expect(proposal.decision?.['sla_handoff']).toMatchObject({ timing_bucket: null });
  });
});

describe('a lead that can wait', () => {
  it.each([
    ['medium', { ...calm, lead_score: 70 }],
    ['low', calm],
  ])('at %s risk is left exactly as it is', (level, analysis) => {
    expect(feature.propose(sampleLead({ analysis }))).toEqual({
      events: [`risk_${level}`, 'handoff_not_required'],
    });
  });

  it('is left alone when its analysis is malformed', () => {
    const lead = sampleLead({ analysis: null });

    expect(feature.propose(lead)).toEqual({
      events: ['invalid_analysis_payload'],
    });
    expect(feature.explain(lead)).toEqual({ sla: null });
  });
});

describe('explain', () => {
  it('tells the risk', () => {
    expect(feature.explain(sampleLead({ analysis: calm }))).toEqual({
      sla: { risk_level: 'low', reason_code: 'sla_low_risk', needs_handoff: false },
    });
  });
});
