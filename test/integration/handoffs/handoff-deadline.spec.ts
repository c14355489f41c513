import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { execute } from '../../../src/database/reading.js';
import { EffectRegistry } from '../../../src/effects/effect-registry.js';
import { EffectRepository } from '../../../src/effects/effect.repository.js';
import { LaneRepository } from '../../../src/effects/lane.repository.js';
import { LaneRunner } from '../../../src/effects/lane-runner.js';
import {
  HandoffBreach,
  HandoffDeadlineHandler,
} from '../../../src/handoffs/handoff-deadline.handler.js';
import { numberHandoff, planOpening } from '../../../src/handoffs/plan-handoff.js';
import {
  SAMPLE_OPENED_AT,
  SAMPLE_OPTIONS,
  sampleRequest,
} from '../../../src/handoffs/testing/sample-handoffs.js';
import { GrowthCounterRepository } from '../../../src/growth/counters/growth-counter.repository.js';
import { settingsWith } from '../../../src/settings/testing/sample-settings.js';
import { FakeClock } from '../../../src/telemetry/testing/fake-clock.js';
import { createHandoffDatabase, type HandoffDatabase } from './handoff-database.js';

const MINUTE_MS = 60_000;
const LEASE_MS = 45_000;
const LEAD = { locationId: 'loc', contactId: 'contact' };
const settings = settingsWith({ handoff: SAMPLE_OPTIONS });
const ONE_BREACH = { 'sla_handoff_thresholds:handoff_breached': 1 };

describe('the deadline of a handoff', () => {
  let db: HandoffDatabase;
  let clock: FakeClock;
  const warned = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
  let registry: EffectRegistry;
  let effects: EffectRepository;

  beforeAll(async () => {
    db = await createHandoffDatabase();
  });
  afterAll(async () => {
    warned.mockRestore();
    await db.drop();
  });
  beforeEach(async () => {
    await db.clear();
    start();
  });

  function start(): void {
    clock = new FakeClock(SAMPLE_OPENED_AT);
    registry = new EffectRegistry();
    effects = new EffectRepository(registry);
    registry.register(handler());
  }

  function handler(): HandoffDeadlineHandler {
    const counters = new GrowthCounterRepository(db.database, 0);
    const breach = new HandoffBreach(db.handoffs, effects, counters, settings);
    return new HandoffDeadlineHandler(db.transactions, breach, clock);
  }

  /** As intake does it: the record and its timer in one transaction. The first user's turn. */
  async function openWithTimer(): Promise<number> {
    const opening = planOpening(sampleRequest(), SAMPLE_OPTIONS);
    const { record, effects: drafts } = numberHandoff(LEAD, 'delivery-1', opening, 9_000);
    await db.inTransaction(async (trx) => {
      await execute(trx, db.handoffs.open([record]));
      const timer = drafts.filter(({ payload }) => payload.kind === 'handoff_deadline');
      const requests = timer.map((draft) => ({ ...record, origin: 'delivery-1', draft }));
      await effects.enqueue(trx, requests, clock.now());
    });
    return record.handoffId;
  }

  /** What is due, delivered by a worker that knows the timer only. */
  async function work(): Promise<void> {
    const lanes = new LaneRepository(db.database, registry);
    const runner = new LaneRunner(registry, clock);
    const now = clock.now();
    const leaseUntil = new Date(now.getTime() + LEASE_MS);
    for (const lane of await lanes.claim({ limit: 10, now, leaseUntil, busyLocations: [] })) {
      const progress = await runner.run(lane, () => false);
      await db.transactions.inPipeline((transaction) =>
        lanes.finish(transaction, [progress], clock.now()),
      );
    }
  }

  const stored = () =>
    db.kysely.selectFrom('any_effect').selectAll().orderBy('effect_id').execute();
  const counts = async () =>
    (await new GrowthCounterRepository(db.database, 0).readAll()).growth_feature_events_total;
  const acknowledge = (handoffId: number) =>
    db.inTransaction((trx) =>
      db.handoffs
        .acknowledge([{ handoffId, by: 'user-a', at: clock.now(), deliveryId: 'delivery-2' }])
        .on(trx),
    );

  it('is left alone until it comes', async () => {
    await openWithTimer();
    clock.advance(5 * MINUTE_MS - 1);
    await work();
    expect(await counts()).toEqual({});
    expect(await stored()).toHaveLength(1);
  });

  it('breaches what nobody took: event, tag, next user, note', async () => {
    const id = await openWithTimer();
    clock.advance(5 * MINUTE_MS);
    await work();

    expect(await db.kysely.selectFrom('handoff').selectAll().execute()).toMatchObject([
      { handoff_id: id, state: 'open', breached_at: clock.now(), assigned_to: 'user-b' },
    ]);
    expect(await counts()).toEqual(ONE_BREACH);
    const [timer, ...announced] = await stored();
    expect(timer).toMatchObject({ kind: 'handoff_deadline', state: 'delivered' });
    expect(announced.map(({ kind }) => kind)).toEqual([
      'add_tags',
      'create_task',
      'assign_contact',
      'add_note',
    ]);
    expect(announced[2]?.payload).toEqual({ kind: 'assign_contact', userId: 'user-b' });
  });

  it('does nothing to what somebody has taken', async () => {
    await acknowledge(await openWithTimer());
    clock.advance(5 * MINUTE_MS);
    await work();

    expect(await counts()).toEqual({});
    expect(await stored()).toMatchObject([{ kind: 'handoff_deadline', state: 'delivered' }]);
  });

  it('breaches once when the timer is delivered again and again, side by side', async () => {
    const handoffId = await openWithTimer();
    clock.advance(5 * MINUTE_MS);
    const lane = {
      locationId: 'loc',
      contactId: 'timer:contact',
      fence: 1,
      failures: 0,
      replayTo: null,
    };
    const effect = {
      effectId: 1,
      deliveryId: 'delivery-1',
      payload: { kind: 'handoff_deadline', handoffId } as const,
      state: 'pending' as const,
      doubt: null,
      attempts: 0,
      sends: 0,
      firstFailedAt: null,
      startedAt: null,
      createdAt: SAMPLE_OPENED_AT,
      dueAt: clock.now(),
    };
    const replicas = Array.from({ length: 6 }, () =>
      handler().deliver(lane, effect, effect.payload),
    );

    expect(new Set((await Promise.all(replicas)).map(({ kind }) => kind))).toEqual(
      new Set(['delivered']),
    );
    expect(await counts()).toEqual(ONE_BREACH);
    expect(await stored()).toHaveLength(5);
  });

  it('comes to one end when it races an acknowledgement', async () => {
    for (let round = 0; round < 10; round += 1) {
      await db.clear();
      const handoffId = await openWithTimer();
      clock.advance(5 * MINUTE_MS);
      await Promise.all([work(), acknowledge(handoffId)]);
      start();

      const { breached_at, state } = await db.kysely
        .selectFrom('handoff')
        .selectAll()
        .executeTakeFirstOrThrow();
      expect(state).toBe('acknowledged');
      expect(await counts()).toEqual(breached_at === null ? {} : ONE_BREACH);
      expect(await stored()).toHaveLength(breached_at === null ? 1 : 5);
    }
  });

  it('leaves nothing half done when the announcement fails', async () => {
    const handoffId = await openWithTimer();
    const failing = jest.spyOn(effects, 'enqueue').mockRejectedValueOnce(new Error('disk full'));
    const counters = new GrowthCounterRepository(db.database, 0);
    const breach = new HandoffBreach(db.handoffs, effects, counters, settings);

    await expect(
      db.inTransaction((trx) => breach.record(trx, handoffId, clock.now())),
    ).rejects.toThrow('disk full');
    failing.mockRestore();
    expect(await db.kysely.selectFrom('handoff').selectAll().execute()).toMatchObject([
      { breached_at: null, assigned_to: 'user-a' },
    ]);
  });
});
