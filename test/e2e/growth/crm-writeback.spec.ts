import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../../support/test-app.js';
import { crmContact } from './support/crm-view.js';
import { countedDuring } from './support/growth-counters.js';
import { COLD_TEXT, message } from './support/lead-bodies.js';
import { lastDecisionOf } from './support/lead-view.js';
import { putEnvironmentInForce } from './support/rollout-in-force.js';

const ATTRIBUTION = { FF_GROWTH_LEAD_SOURCE_ATTRIBUTION_ENABLED: 'true' };
const LEAD_SOURCE_TOGGLE = { FF_GROWTH_LEAD_SOURCE_WRITEBACK_ENABLED: '1' };
const CONVERSION_TOGGLE = { FF_GROWTH_CONVERSION_FEEDBACK_WRITEBACK_ENABLED: 'on' };

const SOURCE_FIELDS = { lead_source_attribution: 'facebook ads', lead_source_model: 'last_touch' };
const FEEDBACK_FIELDS = {
  conversion_feedback_state: 'pending',
  conversion_feedback_signal: 'high_intent',
};
const HIGH_INTENT = 'conversion-signal-high-intent';

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp();
});

afterAll(() => app.close());

/** What a feature has written of a contact, beside the fields of the analysis. */
async function writtenByFeatures(contactId: string) {
  const { fields, tags } = await crmContact(app, contactId);
  const written = Object.entries(fields).filter(([key]) => /^(lead_source|conversion_)/.test(key));
  return { fields: Object.fromEntries(written), tags: tags.filter((tag) => tag === HIGH_INTENT) };
}

describe('the write-back of lead_source_attribution', () => {
  it.each([
    {
      toggles: 'both off',
      environment: ATTRIBUTION,
      events: ['telemetry_only_mode', 'attribution_disabled', 'feedback_disabled'],
      fields: {},
      tags: [],
    },
    {
      toggles: 'lead source on',
      environment: { ...ATTRIBUTION, ...LEAD_SOURCE_TOGGLE },
      events: ['writeback_ready', 'attribution_enabled', 'feedback_disabled'],
      fields: SOURCE_FIELDS,
      tags: [],
    },
    {
      toggles: 'conversion feedback on',
      environment: { ...ATTRIBUTION, ...CONVERSION_TOGGLE },
      events: ['writeback_ready', 'attribution_disabled', 'feedback_enabled'],
      fields: FEEDBACK_FIELDS,
      tags: [HIGH_INTENT],
    },
    {
      toggles: 'both on',
      environment: { ...ATTRIBUTION, ...LEAD_SOURCE_TOGGLE, ...CONVERSION_TOGGLE },
      events: ['writeback_ready', 'attribution_enabled', 'feedback_enabled'],
      fields: { ...SOURCE_FIELDS, ...FEEDBACK_FIELDS },
      tags: [HIGH_INTENT],
    },
  ])('$toggles', async ({ toggles, environment, events: [mode, ...halves], fields, tags }) => {
    const contactId = `toggles ${toggles}`;
    putEnvironmentInForce(app, environment);
    const counted = await countedDuring(app, () =>
      app.postSigned(message(contactId, { source: 'Facebook Ads' })).expect(200),
    );
    await app.settle();

    const own = Object.keys(counted.growth_feature_events_total).filter((key) =>
      /^lead_source_attribution:(telemetry|writeback)/.test(key),
    );
    expect(own.sort()).toEqual(
      [mode, ...halves.map((half) => `writeback_${half}`)]
        .map((event) => `lead_source_attribution:${event}`)
        .sort(),
    );
    const { decidedAt } = await lastDecisionOf(app, contactId);
    const expected =
      'conversion_feedback_state' in fields
        ? { ...fields, conversion_feedback_updated_at: decidedAt.toISOString() }
        : fields;
    expect(await writtenByFeatures(contactId)).toEqual({ fields: expected, tags });
  });

  it('writes nothing while the flag is off, whatever the toggles say', async () => {
    putEnvironmentInForce(app, { ...LEAD_SOURCE_TOGGLE, ...CONVERSION_TOGGLE });
    await app.postSigned(message('flag off', { source: 'Facebook Ads' })).expect(200);
    await app.settle();
    expect(await writtenByFeatures('flag off')).toEqual({ fields: {}, tags: [] });
  });

  it('tags nobody whose signal is lower', async () => {
    putEnvironmentInForce(app, { ...ATTRIBUTION, ...CONVERSION_TOGGLE });
    await app.postSigned(message('browsing', { text: COLD_TEXT })).expect(200);
    await app.settle();
    expect(await writtenByFeatures('browsing')).toMatchObject({
      fields: { conversion_feedback_signal: 'low_intent' },
      tags: [],
    });
  });
});
