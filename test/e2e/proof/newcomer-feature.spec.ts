import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { GrowthFeatureModule } from '../../../src/growth/growth-feature-module.js';
import { RolloutService } from '../../../src/growth/rollout/rollout.js';
import { loadFromPage } from '../../support/documented-feature.js';
import { startTestApp, type TestApp } from '../../support/test-app.js';
import { sentTexts } from '../growth/support/crm-view.js';
import { countedDuring } from '../growth/support/growth-counters.js';
import { message } from '../growth/support/lead-bodies.js';

const KEY = 'ask_for_financing';
const QUESTION = 'Have you talked to a lender yet?';
const SAYS_NOTHING_OF_IT = 'Up to $450k in Frisco, within 30 days';
const SAYS_IT = 'Pre-approved for $450k in Frisco, within 30 days';

let app: TestApp;

beforeAll(async () => {
  const module = loadFromPage('./ask-for-financing.module.js')[
    'AskForFinancingModule'
  ] as GrowthFeatureModule;
  app = await startTestApp({
    env: { REPLY_MODE: 'all', FF_GROWTH_ASK_FOR_FINANCING_ENABLED: 'true' },
    extraFeatures: [module],
  });
});

afterAll(() => app.close());

async function answerTo(contactId: string, text: string): Promise<string> {
  await app.postSigned(message(contactId, { text })).expect(200);
  await app.settle();
  const [sent] = await sentTexts(app, contactId);
  return sent ?? '';
}

/** The feature of the page, as a newcomer would have it after following the page to the letter. */
describe('the feature of docs/add-a-growth-feature.md in the whole application', () => {
  it('reads what the lead has said, this message included, and words the reply by it', async () => {
    const counted = await countedDuring(app, async () => {
      expect(await answerTo('silent', SAYS_NOTHING_OF_IT)).toContain(QUESTION);
      expect(await answerTo('open', SAYS_IT)).not.toContain(QUESTION);
    });

    expect(counted.growth_feature_events_total).toMatchObject({
      [`${KEY}:missing`]: 1,
      [`${KEY}:asked`]: 1,
    });
  });

  it('knows facts of earlier messages, and whether this one asks something', async () => {
    await answerTo('known', SAYS_IT);
    await app.postSigned(message('known', { text: 'Looking forward to it' })).expect(200);
    await app.settle();
    expect((await sentTexts(app, 'known')).at(-1)).not.toContain(QUESTION);

    expect(await answerTo('asking', 'Is parking included?')).not.toContain(QUESTION);
  });

  it('takes its settings from the rollout in force', async () => {
    const rollouts = app.app.get(RolloutService);
    const current = rollouts.current();
    rollouts.replace({
      ...current,
      version: current.version + 1,
      settings: { ...current.settings, [KEY]: { question: 'Cash or loan?' } },
    });

    expect(await answerTo('resettled', SAYS_NOTHING_OF_IT)).toContain('Cash or loan?');
  });
});
