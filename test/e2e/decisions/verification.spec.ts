import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { planTraffic } from '../../../simulation/traffic/plan-traffic.js';
import { Database } from '../../../src/database/database.js';
import { FeatureRegistry } from '../../../src/growth/rollout/feature-registry.js';
import { GrowthGateService } from '../../../src/growth/growth-gate.service.js';
import { DecisionInputReadModel } from '../../../src/intake/verify/decision-input.read-model.js';
import { verifyDecisions, type Verification } from '../../../src/intake/verify/verify-decisions.js';
import { digestOf } from '../../../src/intake/decision-trace.js';
import { readStoredEvent } from '../../../src/webhook/deliveries/stored-delivery.js';
import { startTestApp, type TestApp } from '../../support/test-app.js';
import {
  appointment,
  COLD_TEXT,
  humanMessage,
  message,
  opportunityStatus,
  REVIEW_TEXT,
} from '../growth/support/lead-bodies.js';
import { MovedClock } from '../growth/support/moved-clock.js';
import { EVERYTHING_ON, putEnvironmentInForce } from '../growth/support/rollout-in-force.js';

const WEEK_MS = 7 * 86_400_000;
const EVER = { from: new Date(0), to: new Date('2100-01-01T00:00:00Z') };

let app: TestApp;

/** As `npm run decisions:verify` does it. */
function verify(period = EVER): Promise<Verification> {
  return verifyDecisions(period, {
    inputs: new DecisionInputReadModel(app.app.get(Database)),
    gate: app.app.get(GrowthGateService),
    features: Array.from(app.app.get(FeatureRegistry).list(), ({ key }) => key),
    readEvent: readStoredEvent,
  });
}

beforeAll(async () => {
  app = await startTestApp({ env: { ...EVERYTHING_ON, REPLY_MODE: 'all' } });
});

afterAll(() => app.close());

beforeEach(async () => {
  for (const table of ['decided_delivery', 'delivery', 'decision_input', 'decision'] as const) {
    await app.database.deleteFrom(table).execute();
  }
});

async function play(contactId: string): Promise<void> {
  const bodies = [
    message(contactId, { text: COLD_TEXT, source: 'Zillow' }),
    message(contactId, { text: REVIEW_TEXT }),
    message(contactId, { source: 'Google' }),
    appointment(contactId, 'confirmed'),
    humanMessage(contactId, 'user-ann'),
    message(contactId, { text: 'Is parking included?' }),
    opportunityStatus(contactId, 'lost'),
    message(contactId, { text: 'STOP' }),
  ];
  for (const body of bodies) {
    await app.postSigned(body).expect(200);
    await app.settle();
  }
}

/** Changes the one stored document, and nothing that it was decided from. */
async function forgeScore(leadScore: number): Promise<void> {
  const { document } = await app.database
    .selectFrom('decision')
    .select('document')
    .executeTakeFirstOrThrow();
  await app.database
    .updateTable('decision')
    .set({ document: JSON.stringify({ ...document, lead_score: leadScore }) })
    .execute();
}

/** Keeps all that is stored as the version before 0006 did: bodies here, inputs there. */
async function storeAsBefore(): Promise<void> {
  const { database } = app;
  const decided = await database.selectFrom('decided_delivery').selectAll().execute();
  for (const { decided_at, decider_version, ...row } of decided) {
    const { rollout_id, settings_id, situation, digests, ...delivery } = row;
    const { location_id, delivery_id, received_at, body } = delivery;
    await database
      .insertInto('delivery')
      .values({ ...delivery, error: null })
      .execute();
    await database
      .insertInto('decision_input')
      .values({
        ...{ location_id, delivery_id, decided_at, received_at, body_digest: digestOf(body) },
        ...{ decider_version: decider_version ?? 0, rollout_id: rollout_id ?? '' },
        ...{ settings_id: settings_id ?? '', situation: JSON.stringify(situation) },
        digests: JSON.stringify(digests),
      })
      .execute();
  }
  await database.deleteFrom('decided_delivery').execute();
}

/** Leads as the traffic simulation tells them, spread over seven days of the application's clock. */
async function playWeek(clock: MovedClock): Promise<number> {
  const { deliveries } = planTraffic({ leads: 15, seed: 7, run: 'week', locations: 3 });
  const stepMs = WEEK_MS / deliveries.length;
  for (const { body } of deliveries) {
    await clock.advance(stepMs);
    await app.postSigned(body).expect(200);
    // Nothing may be under way when the clock jumps.
    await clock.settle();
  }
  return deliveries.length;
}

describe('a week', () => {
  let clock: MovedClock;

  beforeAll(() => {
    clock = new MovedClock(app);
  });

  afterAll(() => void jest.restoreAllMocks());

  it('comes out as it was stored, decision by decision, with all features on', async () => {
    const sent = await playWeek(clock);
    const { counts, firstDifference } = await verify();

    expect(firstDifference).toBeNull();
    expect(counts).toMatchObject({ other_version: 0, expired: 0, erased: 0, differences: 0 });
    // All but the repeats among them.
    expect(counts.compared).toBeGreaterThan(sent * 0.8);
  });
});

describe('every stored decision', () => {
  it('comes out as it was stored, also when other flags are in force by now', async () => {
    await play('first');
    putEnvironmentInForce(app, { FF_GROWTH_AB_RESPONSE_STYLE_TESTING_ENABLED: 'true' });
    await play('second');
    putEnvironmentInForce(app, EVERYTHING_ON);

    const { counts, firstDifference } = await verify();
    expect(firstDifference).toBeNull();
    expect(counts).toEqual({
      compared: 16,
      other_version: 0,
      expired: 0,
      erased: 0,
      differences: 0,
    });
  });

  it('that was tampered with is told, with the place that differs', async () => {
    await app.postSigned(message('tampered')).expect(200);
    await forgeScore(12);
    await app.database
      .updateTable('decided_delivery')
      .set({ digests: JSON.stringify({ document: 'another' }) })
      .execute();

    const { counts, firstDifference } = await verify();
    expect(counts).toMatchObject({ compared: 1, differences: 1 });
    expect(firstDifference).toMatchObject({ part: 'state' });
  });

  it('that differs in its document is told with both values', async () => {
    await app.postSigned(message('changed')).expect(200);
    const { digests } = await app.database
      .selectFrom('decided_delivery')
      .select('digests')
      .executeTakeFirstOrThrow();
    await forgeScore(12);
    await app.database
      .updateTable('decided_delivery')
      .set({ digests: JSON.stringify({ ...digests, document: 'another' }) })
      .execute();

    expect((await verify()).firstDifference).toMatchObject({
      part: 'document',
      path: '/lead_score',
      stored: 12,
      computed: 94.3,
    });
  });

  it.each([
    ['of another version', 'other_version', { decider_version: 0 }],
    ['of an erased person', 'erased', { situation: null }],
  ] as const)('%s is told apart', async (_what, count, change) => {
    await app.postSigned(message(`apart-${count}`)).expect(200);
    await app.database.updateTable('decided_delivery').set(change).execute();

    const { counts } = await verify();
    expect(counts).toEqual({
      compared: 0,
      other_version: 0,
      expired: 0,
      erased: 0,
      differences: 0,
      [count]: 1,
    });
  });

  it('that the version before has stored comes out too, unless its body was replaced', async () => {
    await play('stored-before');
    await storeAsBefore();
    await app.postSigned(message('stored-since')).expect(200);
    expect((await verify()).counts).toMatchObject({ compared: 9, expired: 0, differences: 0 });

    await app.database.updateTable('decision_input').set({ body_digest: 'another' }).execute();
    expect((await verify()).counts).toMatchObject({ compared: 1, expired: 8, differences: 0 });

    await app.database.deleteFrom('delivery').execute();
    expect((await verify()).counts).toMatchObject({ compared: 1, expired: 8, differences: 0 });
  });

  it('of which only the document is left has expired', async () => {
    await app.postSigned(message('forgotten')).expect(200);
    await app.database.deleteFrom('decided_delivery').execute();

    expect((await verify()).counts).toMatchObject({ compared: 0, expired: 1 });
  });

  it('counts in its period only', async () => {
    await app.postSigned(message('timed')).expect(200);
    const { decided_at: at } = await app.database
      .selectFrom('decision')
      .select('decided_at')
      .executeTakeFirstOrThrow();

    expect((await verify({ from: at, to: new Date(at.getTime() + 1) })).counts.compared).toBe(1);
    expect((await verify({ from: EVER.from, to: at })).counts.compared).toBe(0);
  });
});
