import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../../support/test-app.js';
import { crmContact, crmWrites, sentTexts } from './support/crm-view.js';
import {
  FEATURE_STORIES,
  countedForOneLead,
  type FeatureStory,
} from './support/feature-stories.js';
import { countedDuring } from './support/growth-counters.js';
import { contactIn } from './support/known-variant.js';
import { message } from './support/lead-bodies.js';
import { lastDecisionOf, nextFollowUpOf } from './support/lead-view.js';
import { putEnvironmentInForce } from './support/rollout-in-force.js';

const REPLY_KEYS = [
  'estimated_commission',
  'five_minute_compliant',
  'lead_score',
  'lead_temperature',
  'priority',
  'process_time_ms',
  'status',
  'webhook_id',
];
const LEAD_FIELDS = [
  'ai_lead_score',
  'estimated_commission',
  'last_ai_analysis',
  'lead_priority',
  'lead_temperature',
  'meets_criteria',
  'service_area_match',
];
const LEAD_TAGS = ['hot-lead', 'priority-high', 'qualified'];
const MINUTE_MS = 60_000;

const CANARY = { FF_GROWTH_CANARY_MODE_ENABLED: 'on', FF_GROWTH_CANARY_SOURCE: 'facebook_ads' };

interface GateCase {
  readonly when: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly isOn: boolean;
  readonly source?: string;
  readonly sourceKey: string;
  readonly reason: string;
}

const FROM_FACEBOOK = { source: ' Facebook Ads ', sourceKey: 'facebook_ads' };
const CASES: readonly GateCase[] = [
  { when: 'disabled', environment: {}, isOn: false, ...FROM_FACEBOOK, reason: 'flag_disabled' },
  { when: 'enabled', environment: {}, isOn: true, ...FROM_FACEBOOK, reason: 'enabled' },
  {
    when: 'the canary source matched',
    environment: CANARY,
    isOn: true,
    ...FROM_FACEBOOK,
    reason: 'enabled',
  },
  {
    when: 'the canary source mismatched',
    environment: CANARY,
    isOn: true,
    source: 'Zillow',
    sourceKey: 'zillow',
    reason: 'canary_source_mismatch',
  },
  {
    when: 'the canary source missing',
    environment: CANARY,
    isOn: true,
    sourceKey: 'unknown',
    reason: 'canary_source_missing',
  },
  {
    when: 'no canary source configured',
    environment: { ...CANARY, FF_GROWTH_CANARY_SOURCE: '' },
    isOn: true,
    ...FROM_FACEBOOK,
    reason: 'canary_source_unconfigured',
  },
];

let app: TestApp;
/** The reply to a hot lead in a build whose features are all off. */
let plainReply: string | undefined;

beforeAll(async () => {
  app = await startTestApp({ env: { GHL_RATE_LIMIT_PER_10S: '10000' } });
  await app.postSigned(message('plain', { source: 'Facebook Ads' })).expect(200);
  await app.settle();
  [plainReply] = await sentTexts(app, 'plain');
});

afterAll(() => app.close());

describe.each(FEATURE_STORIES)('$feature', (story) => {
  it.each(CASES)('$when: $reason', async (gateCase) => {
    const { environment, isOn, source, sourceKey, reason } = gateCase;
    const contactId = contactIn(`${story.feature}-${gateCase.when}`, { 'facebook ads': 'B' });
    putEnvironmentInForce(app, { ...environment, ...(isOn ? { [story.variable]: 'YES' } : {}) });

    const counted = await countedDuring(app, async () => {
      const lead = message(contactId, source === undefined ? {} : { source });
      const { body } = await app.postSigned(lead).expect(200);
      expect(Object.keys(body as object).sort()).toEqual(REPLY_KEYS);
      expect(body).toMatchObject({ lead_score: 94.3, lead_temperature: 'hot', priority: 'high' });
      await app.settle();
    });

    expect(counted).toEqual(countedForOneLead(story, reason, sourceKey));
    await expectDecision(story, contactId, reason);
    await expectCrm(story, contactId, reason === 'enabled');
  });
});

async function expectDecision(
  story: FeatureStory,
  contactId: string,
  reason: string,
): Promise<void> {
  const isApplied = reason === 'enabled';
  const { document, decidedAt } = await lastDecisionOf(app, contactId);
  expect(document.growth_verdicts[story.feature]).toEqual({ enabled: isApplied, reason });
  const gained = FEATURE_STORIES.flatMap(({ additions }) => additions).filter(
    (key) => key in document,
  );
  expect(gained).toEqual(isApplied ? story.additions : []);
  expect(document.actions).toEqual(isApplied ? story.actions : []);
  expect(document.follow_up).toEqual({
    action: 'immediate_call',
    delay_minutes: 60,
    ...(isApplied ? story.followUp : {}),
  });
  const followUp = await nextFollowUpOf(app, contactId);
  const dueMinutes = isApplied ? story.dueMinutes : 60;
  // Whoever takes the handoff calls.
  const isHandedOver = document.actions.includes('human_handoff');
  expect(followUp).toEqual(
    isHandedOver
      ? null
      : {
          action: 'immediate_call',
          dueAt: new Date(decidedAt.getTime() + dueMinutes * MINUTE_MS),
        },
  );
}

/** Every toggle is off: no feature writes a field. */
async function expectCrm(
  story: FeatureStory,
  contactId: string,
  isApplied: boolean,
): Promise<void> {
  const contact = await crmContact(app, contactId);
  expect(Object.keys(contact.fields).sort()).toEqual(LEAD_FIELDS);
  expect([...contact.tags].sort()).toEqual(
    [...LEAD_TAGS, ...(isApplied ? story.addedTags : [])].sort(),
  );
  expect(await sentTexts(app, contactId)).toEqual([
    `${plainReply}${isApplied ? story.sentence : ''}`,
  ]);
  const operations = (await crmWrites(app, contactId)).map(({ operation }) => operation);
  expect(operations).toEqual([
    'sendMessage',
    'updateContact',
    'addContactTags',
    ...(isApplied ? story.calls : []),
  ]);
}
