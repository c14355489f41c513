import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { answer, HookServer } from '../../../src/conversions/testing/hook-server.js';
import { startTestApp, type TestApp } from '../../support/test-app.js';
import { crmContact, crmWrites } from './support/crm-view.js';
import { countedDuring } from './support/growth-counters.js';
import { appointment, LOCATION, message, opportunityStatus } from './support/lead-bodies.js';
import { nextFollowUpOf } from './support/lead-view.js';
import { putEnvironmentInForce } from './support/rollout-in-force.js';

const SECRET = `whsec_${Buffer.from('a hook secret of the tests, 32 b').toString('base64')}`;
const FEATURE = 'lead_source_attribution';
const FLAG = { FF_GROWTH_LEAD_SOURCE_ATTRIBUTION_ENABLED: 'true' };
const TOGGLE = { FF_GROWTH_CONVERSION_FEEDBACK_WRITEBACK_ENABLED: 'true' };

let app: TestApp;
let receiver: HookServer;

beforeAll(async () => {
  receiver = await HookServer.start([answer(204)]);
  app = await startTestApp({
    env: { DECISION_HOOK_URL: receiver.url, DECISION_HOOK_SECRET: SECRET },
  });
});

afterAll(async () => {
  await app.close();
  await receiver.stop();
});

beforeEach(() => {
  receiver.requests.length = 0;
});

/** A lead that has been answered, and whose next step is planned. */
async function answeredLead(contactId: string): Promise<void> {
  await app.postSigned(message(contactId, { source: 'Facebook Ads' })).expect(200);
  await app.settle();
}

async function post(body: object): Promise<void> {
  const reply = await app.postSigned(body).expect(200);
  expect(reply.body).toMatchObject({ status: 'acknowledged', duplicate: false });
  await app.settle();
}

/** Everything by which something could leave: CRM calls, hook calls, and what is stored to go out. */
async function departures(contactId: string) {
  const stored = await app.database
    .selectFrom('any_effect')
    .select(['effect_id', 'kind'])
    // Some kinds travel beside the contact's lane, under its id with a prefix.
    .where('contact_id', 'like', `%${contactId}`)
    .orderBy('effect_id')
    .execute();
  return { stored, writes: await crmWrites(app, contactId), hooks: receiver.requests.length };
}

function only(events: readonly string[]): Readonly<Record<string, number>> {
  return Object.fromEntries(events.map((event) => [`${FEATURE}:${event}`, 1]));
}

describe('with the conversion toggle off', () => {
  it.each([
    { gate: 'on', environment: FLAG, event: 'telemetry_only' },
    { gate: 'off', environment: TOGGLE, event: 'bypassed_flag_disabled' },
  ])('and the gate $gate: counted, and nothing leaves', async ({ gate, environment, event }) => {
    const contactId = `silent ${gate}`;
    putEnvironmentInForce(app, environment);
    await answeredLead(contactId);
    const before = await departures(contactId);

    const counted = await countedDuring(app, async () => {
      await post(opportunityStatus(contactId, 'won'));
    });

    expect(counted.growth_feature_events_total).toEqual(
      only(['conversion_feedback_observed_converted', `conversion_feedback_${event}`]),
    );
    expect(counted.feature_flag_evaluations_total).toEqual({ [FEATURE]: 1 });
    expect(await departures(contactId)).toEqual(before);
    expect(receiver.requests).toEqual([]);
    // Part of deciding, features or not: nobody chases a lead that is won.
    expect(await nextFollowUpOf(app, contactId)).toBeNull();
  });
});

describe('with gate and toggle on', () => {
  beforeAll(() => putEnvironmentInForce(app, { ...FLAG, ...TOGGLE }));

  it.each([
    {
      what: 'a deal won',
      outcome: 'converted',
      body: (id: string) => opportunityStatus(id, 'won'),
    },
    { what: 'a booking', outcome: 'converted', body: (id: string) => appointment(id, 'confirmed') },
    { what: 'a deal lost', outcome: 'lost', body: (id: string) => opportunityStatus(id, 'lost') },
  ])('$what is written as $outcome, ends the follow-up and is told', async (change) => {
    const { what: contactId, outcome, body } = change;
    await answeredLead(contactId);
    expect(await nextFollowUpOf(app, contactId)).not.toBeNull();

    const counted = await countedDuring(app, () => post(body(contactId)));

    expect(counted.growth_feature_events_total).toEqual(
      only([`conversion_feedback_observed_${outcome}`, `conversion_feedback_loop_${outcome}`]),
    );
    const { fields } = await crmContact(app, contactId);
    expect(fields).toMatchObject({
      conversion_feedback_state: outcome,
      conversion_feedback_signal: 'high_intent',
      conversion_feedback_updated_at: expect.any(String),
    });
    expect(await nextFollowUpOf(app, contactId)).toBeNull();
    expect(receiver.requests).toHaveLength(1);
    expect(verifiedHook(0)).toMatchObject({
      type: `lead.${outcome}`,
      data: {
        location_id: LOCATION,
        contact_id: contactId,
        outcome,
        lead_source: 'facebook ads',
        conversion_feedback_signal: 'high_intent',
      },
    });
  });

  it('keeps the follow-up of a lead that is merely active', async () => {
    await answeredLead('active lead');
    const planned = await nextFollowUpOf(app, 'active lead');
    await post(opportunityStatus('active lead', 'open'));
    expect(await nextFollowUpOf(app, 'active lead')).toEqual(planned);
    expect(receiver.requests).toHaveLength(1);
    expect(verifiedHook(0)).toMatchObject({ type: 'lead.active' });
  });

  it('tells an outcome once, however often the CRM repeats it', async () => {
    await answeredLead('told once');
    await post(opportunityStatus('told once', 'won'));
    const before = await departures('told once');
    await post(opportunityStatus('told once', 'won'));
    expect(await departures('told once')).toEqual(before);
  });

  it('tells what was kept to itself while the toggle was off, when the CRM repeats it', async () => {
    putEnvironmentInForce(app, FLAG);
    await answeredLead('told late');
    await post(opportunityStatus('told late', 'won'));
    expect(receiver.requests).toEqual([]);

    putEnvironmentInForce(app, { ...FLAG, ...TOGGLE });
    await post(opportunityStatus('told late', 'won'));
    expect(receiver.requests).toHaveLength(1);
    expect((await crmContact(app, 'told late')).fields).toMatchObject({
      conversion_feedback_state: 'converted',
    });
  });

  it('does not let an old event that arrives late undo a newer one', async () => {
    await answeredLead('late news');
    await post(opportunityStatus('late news', 'won'));
    await post(opportunityStatus('late news', 'lost', new Date(Date.now() - 3_600_000)));
    expect((await crmContact(app, 'late news')).fields).toMatchObject({
      conversion_feedback_state: 'converted',
    });
    expect(receiver.requests).toHaveLength(1);
  });

  /** @throws when the signature is not that of the secret */
  function verifiedHook(index: number): unknown {
    const { headers, body } = receiver.requests[index] ?? { headers: {}, body: '' };
    return new Webhook(SECRET).verify(body, headers as Record<string, string>);
  }
});

describe('a status that nobody knows', () => {
  const STATUS = 'Keys Handed Over!';

  beforeAll(() => putEnvironmentInForce(app, { ...FLAG, ...TOGGLE }));

  it('is counted and listed, and nothing leaves', async () => {
    await answeredLead('puzzling');
    const before = await departures('puzzling');
    const counted = await countedDuring(app, async () => {
      await post(opportunityStatus('puzzling', STATUS));
      await post(opportunityStatus('puzzling', STATUS));
    });

    expect(counted.growth_feature_events_total).toEqual({
      [`${FEATURE}:conversion_feedback_observed_unknown`]: 2,
      [`${FEATURE}:conversion_feedback_telemetry_only`]: 2,
    });
    expect(await departures('puzzling')).toEqual(before);
    expect(await unmapped()).toEqual([
      expect.objectContaining({
        status: STATUS,
        field: 'status',
        location_id: LOCATION,
        seen_count: 2,
      }),
    ]);
  });

  it('converts once the operator has said what it means', async () => {
    const mappings = [{ status: 'keys handed over', outcome: 'converted' }];
    await app.admin.put('/admin/outcome-mappings').send({ mappings }).expect(200);
    const counted = await countedDuring(app, () => post(opportunityStatus('puzzling', STATUS)));

    expect(counted.growth_feature_events_total).toEqual(
      only(['conversion_feedback_observed_converted', 'conversion_feedback_loop_converted']),
    );
    expect((await crmContact(app, 'puzzling')).fields).toMatchObject({
      conversion_feedback_state: 'converted',
    });
    expect(await nextFollowUpOf(app, 'puzzling')).toBeNull();
    expect(receiver.requests).toHaveLength(1);
    expect(await unmapped()).toEqual([]);
  });

  it('has a meaning whose age /health tells', async () => {
    const { body } = await app.http.get('/health').expect(200);
    const { status, outcome_mappings_age_seconds: ageSeconds } = (
      body as { checks: { database: Readonly<Record<string, unknown>> } }
    ).checks.database;
    expect(status).toBe('up');
    expect(ageSeconds).toEqual(expect.any(Number));
    expect(Number(ageSeconds)).toBeLessThan(60);
  });

  async function unmapped(): Promise<readonly object[]> {
    const { body } = await app.admin.get('/admin/outcome-mappings/unmapped').expect(200);
    return (body as { items: readonly object[] }).items;
  }
});
