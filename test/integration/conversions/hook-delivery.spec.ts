import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { Webhook } from 'standardwebhooks';
import { CallHookHandler } from '../../../src/conversions/hooks/call-hook.handler.js';
import { HookClient } from '../../../src/conversions/hooks/hook-client.js';
import type { HookSettings } from '../../../src/settings/hook-settings.js';
import { settingsWith } from '../../../src/settings/testing/sample-settings.js';
import { answer, HookServer } from '../../../src/conversions/testing/hook-server.js';
import type { Database } from '../../../src/database/database.js';
import { openDatabase } from '../../../src/database/open-database.js';
import { Transactions } from '../../../src/database/transactions.js';
import type { EffectDraft } from '../../../src/effects/effect.js';
import { EffectRegistry } from '../../../src/effects/effect-registry.js';
import { EffectRepository } from '../../../src/effects/effect.repository.js';
import type { LaneProgress } from '../../../src/effects/claimed-lane.js';
import { LaneRepository } from '../../../src/effects/lane.repository.js';
import { LaneRunner } from '../../../src/effects/lane-runner.js';
import { FakeClock } from '../../../src/telemetry/testing/fake-clock.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';

const SECRET = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
const LEAD = { locationId: 'loc-1', contactId: 'contact-1' };
let testDatabase: TestDatabase;
let database: Database;
let clock: FakeClock;
let server: HookServer;
let registry: EffectRegistry;
let handler: CallHookHandler;

beforeAll(async () => {
  Logger.overrideLogger(false);
  testDatabase = await createTestDatabase();
  database = await openDatabase({ databaseUrl: testDatabase.url, dataDir: '', poolSize: 4 });
});

afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});

beforeEach(async () => {
  await database.pool.query('truncate lane, effect, finished_effect');
  // The specification's verifier holds the time of an attempt against the real clock.
  clock = new FakeClock(new Date());
  registry = new EffectRegistry();
});

afterEach(() => server.stop());

const hook = (id: string): EffectDraft => ({
  step: 'decision_hook',
  dueAt: clock.now(),
  payload: {
    kind: 'call_hook',
    hookEventId: id,
    eventType: 'lead.converted',
    occurredAt: clock.now().toISOString(),
    data: { contact_id: 'contact-1' },
  },
});
const note = (): EffectDraft => ({
  step: 'note',
  dueAt: clock.now(),
  payload: { kind: 'add_note', body: 'the CRM’s part' },
});

async function enqueue(origin: string, drafts: readonly EffectDraft[]): Promise<void> {
  const requests = drafts.map((draft) => ({ ...LEAD, origin, draft }));
  await new Transactions(database).inTransaction((trx) =>
    new EffectRepository(registry).enqueue(trx, requests, clock.now()),
  );
}

/** One round of the worker, with everything of it but its loop. */
function workerFor(hook: HookSettings): () => Promise<readonly LaneProgress[]> {
  handler = new CallHookHandler(new HookClient(clock), settingsWith({ hook }));
  registry.register(handler);
  registry.register({
    kinds: ['add_note'],
    lane: 'contact',
    deliver: () => Promise.resolve({ kind: 'delivered' }),
  });
  const lanes = new LaneRepository(database, registry);
  const runner = new LaneRunner(registry, clock);
  return async () => {
    const now = clock.now();
    const leaseUntil = new Date(now.getTime() + 45_000);
    const claimed = await lanes.claim({ limit: 10, now, leaseUntil, busyLocations: [] });
    const progress = await Promise.all(claimed.map((lane) => runner.run(lane, () => false)));
    await new Transactions(database).inPipeline((transaction) =>
      lanes.finish(transaction, progress, now),
    );
    return progress;
  };
}

const statesOf = async () => {
  const rows = await database.kysely
    .selectFrom('any_effect')
    .select(['kind', 'state', 'attempts', 'last_error'])
    .orderBy('effect_id')
    .execute();
  return rows.map(({ kind, state, attempts, last_error }) => [kind, state, attempts, last_error]);
};

describe('decision hooks on their way out', () => {
  it('are repeated until they are taken, under one id, each attempt signed anew', async () => {
    server = await HookServer.start([answer(500), answer(429), answer(204)]);
    const work = workerFor({ url: server.url, secrets: [SECRET] });
    await enqueue('d-1', [hook('evt_1')]);
    await work();
    expect(await statesOf()).toEqual([['call_hook', 'pending', 1, 'the hook answered 500']]);
    await work();
    expect(server.requests).toHaveLength(1);
    for (let minute = 0; minute < 2; minute++) {
      clock.advance(60_000);
      await work();
    }
    expect(await statesOf()).toEqual([['call_hook', 'delivered', 3, null]]);
    expect(server.requests.map(({ headers }) => headers['webhook-id'])).toEqual([
      'evt_1',
      'evt_1',
      'evt_1',
    ]);
    const bodies = server.requests.map(({ body, headers }) =>
      new Webhook(SECRET).verify(body, headers as Record<string, string>),
    );
    expect(bodies).toEqual([bodies[0], bodies[0], bodies[0]]);
  });

  it('do not hold up the contact’s other effects, and stay in order among themselves', async () => {
    server = await HookServer.start([answer(503), answer(200)]);
    const work = workerFor({ url: server.url, secrets: [SECRET] });
    await enqueue('d-1', [hook('evt_1'), note()]);
    await enqueue('d-2', [hook('evt_2'), note()]);
    await work();
    expect(await statesOf()).toEqual([
      ['call_hook', 'pending', 1, 'the hook answered 503'],
      ['add_note', 'delivered', 1, null],
      ['call_hook', 'pending', 0, null],
      ['add_note', 'delivered', 1, null],
    ]);
    clock.advance(60_000);
    await work();
    expect(server.requests.map(({ headers }) => headers['webhook-id'])).toEqual([
      'evt_1',
      'evt_1',
      'evt_2',
    ]);
  });

  it('become dead letters when the receiver refuses them or is never well again', async () => {
    server = await HookServer.start([answer(422), answer(503)]);
    const work = workerFor({ url: server.url, secrets: [SECRET] });
    await enqueue('d-1', [hook('evt_1')]);
    await work();
    expect(await statesOf()).toEqual([['call_hook', 'dead', 1, 'the hook answered 422']]);
    await enqueue('d-2', [hook('evt_2')]);
    // Not quite the six hours after which the outbox itself gives up.
    for (let round = 0; round < 35; round++) {
      await work();
      clock.advance(10 * 60_000);
    }
    expect((await statesOf())[1]).toEqual([
      'call_hook',
      'dead',
      8,
      'given up: the hook answered 503',
    ]);
  });

  it('end after 410', async () => {
    server = await HookServer.start([answer(410)]);
    const work = workerFor({ url: server.url, secrets: [SECRET] });
    await enqueue('d-1', [hook('evt_1')]);
    await enqueue('d-2', [hook('evt_2')]);
    await work();
    expect((await statesOf()).map(([, state]) => state)).toEqual(['dead', 'dead']);
    expect(server.requests).toHaveLength(1);
  });

  it('wait for their turn without keeping the location from the CRM', async () => {
    server = await HookServer.start([answer(204)]);
    const work = workerFor({ url: server.url, secrets: [SECRET] });
    await enqueue('d-1', [hook('evt_1'), note()]);
    handler.onModuleDestroy();
    const progress = await work();
    expect(await statesOf()).toEqual([
      ['call_hook', 'pending', 0, 'waits for its turn'],
      ['add_note', 'delivered', 1, null],
    ]);
    expect(progress.map(({ limitedUntil }) => limitedUntil)).toEqual([null, null]);
  });
});
