import { cp, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import pg from 'pg';
import { readConfiguration } from '../../../src/config/configuration.js';
import type { Database } from '../../../src/database/database.js';
import { MIGRATIONS_DIR, runMigrations } from '../../../src/database/migrations.js';
import { openDatabase } from '../../../src/database/open-database.js';
import { Partitions } from '../../../src/database/partitions.js';
import { Retention } from '../../../src/database/retention.js';
import { Transactions } from '../../../src/database/transactions.js';
import type { EffectProgress, LaneProgress } from '../../../src/effects/claimed-lane.js';
import { EffectReadModel } from '../../../src/effects/effect.read-model.js';
import { EffectRegistry } from '../../../src/effects/effect-registry.js';
import { FinishedEffectRepository } from '../../../src/effects/finished-effect.repository.js';
import { LaneRepository } from '../../../src/effects/lane.repository.js';
import { DecisionReadModel } from '../../../src/intake/decision.read-model.js';
import {
  DecisionInputReadModel,
  type TracedDecision,
} from '../../../src/intake/verify/decision-input.read-model.js';
import { FakeClock } from '../../../src/telemetry/testing/fake-clock.js';
import { DeliveryReadModel } from '../../../src/webhook/deliveries/delivery.read-model.js';
import { createEmptyTestDatabase, type TestDatabase } from '../../support/test-database.js';

const FILES = '0005';
const ROWS = new URL('../../fixtures/database/version-0005.sql', import.meta.url);
/** Effects are read as operators do: where they lie is nobody's business. */
const READ_BY_MODEL = ['effect', 'schema_migration', 'schema_migration_lock'];
/** Columns that the version before does not have. */
const ADDED_COLUMNS = ['replay_to'];
const EVER = { from: new Date(0), to: new Date('2100-01-01T00:00:00Z') };
const ANN = { locationId: 'l', contactId: 'ann' };

type Row = Readonly<Record<string, unknown>>;

let folder: string;
let testDatabase: TestDatabase;
let database: Database;
/** Rows of each table, before the migration. */
const before = new Map<string, readonly Row[]>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'growthgate-version-before-'));
  const files = (await readdir(MIGRATIONS_DIR)).filter((file) => file.slice(0, 4) <= FILES);
  for (const file of files) await cp(join(MIGRATIONS_DIR, file), join(folder, file));
  testDatabase = await createEmptyTestDatabase();
  await runMigrations(testDatabase.url, folder);
  await fill(testDatabase.url);
  database = await openDatabase({ databaseUrl: testDatabase.url, dataDir: '', poolSize: 4 });
});

afterAll(async () => {
  await database.close();
  await testDatabase.drop();
  await rm(folder, { recursive: true });
});

async function fill(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(await readFile(ROWS, 'utf8'));
  const tables = await client.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public'`,
  );
  for (const { name } of tables.rows) {
    before.set(name, (await client.query<{ row: Row }>(rowsOf(name))).rows);
  }
  await client.end();
}

/** Whatever the order in which they lie. */
function rowsOf(table: string): string {
  const row = `to_jsonb(t) - '{${ADDED_COLUMNS.join()}}'::text[]`;
  return `select ${row} as row from ${table} as t order by (${row})::text`;
}

function ids(rows: readonly { readonly delivery_id: string }[]): string[] {
  return rows.map(({ delivery_id }) => delivery_id).sort();
}

describe('a database of the version before', () => {
  it('had rows in every table', () => {
    const empty = [...before].filter(([, rows]) => rows.length === 0).map(([name]) => name);
    expect(empty).toEqual([]);
    expect(before.size).toBeGreaterThan(15);
  });

  it('keeps every row of every table', async () => {
    for (const [table, rows] of before) {
      if (READ_BY_MODEL.includes(table)) continue;
      const { rows: now } = await sql.raw<{ row: Row }>(rowsOf(table)).execute(database.kysely);
      expect({ table, rows: now }).toEqual({ table, rows });
    }
  });

  it('shows its deliveries, the failed first of its id and ready for replay', async () => {
    const deliveries = new DeliveryReadModel(database);
    const stored = before.get('delivery') ?? [];
    const all = await deliveries.listPage({ limit: 200 });
    expect(all.items).toHaveLength(stored.length);
    expect(all.items[0]).toMatchObject({ contact_id: null, state: 'unrecognised' });
    expect(all.items.at(-1)).toMatchObject({ delivery_id: 'failed', error: 'TypeError' });
    const failed = await deliveries.listPage({ state: 'failed', limit: 200 });
    expect(ids(failed.items)).toEqual(['failed']);
    expect(await deliveries.get({ location: 'l', id: 'd7' })).toMatchObject({ body: '{"n": 7}' });
  });

  it('shows the history of its leads, newest first', async () => {
    const { items } = await new DecisionReadModel(database).listForLead(ANN, { limit: 200 });
    expect(items.map(({ delivery_id }) => delivery_id)).toEqual([
      'ahead',
      ...Array.from({ length: 41 }, (_, n) => `d${n}`),
    ]);
    expect(items[3]).toMatchObject({ document: { lead_score: 2 } });
  });

  it('can compute its decisions again', async () => {
    const inputs = new DecisionInputReadModel(database);
    const traced: TracedDecision[] = [];
    for await (const one of inputs.list(EVER)) traced.push(one);
    expect(ids(traced)).toEqual(ids((await decisionIds()).rows));
    expect(await inputs.countDocuments(EVER)).toBe(traced.length);
    expect(traced.find(({ delivery_id }) => delivery_id === 'd7')).toMatchObject({
      body: '{"n": 7}',
      body_digest: 'digest of d7',
      document: { lead_score: 7 },
      situation: { a: 1 },
    });
  });

  it('shows its effects, whatever has become of them', async () => {
    const effects = new EffectReadModel(database);
    const { items } = await effects.list({ limit: 200 });
    expect(items).toHaveLength(before.get('effect')?.length ?? 0);
    expect(Object.values(await effects.countByState({}))).toEqual(Array(8).fill(3));
  });

  it('keeps each finished effect as it was, apart from the open ones', async () => {
    const { kysely } = database;
    await sweepEffects(new FakeClock(new Date()));
    const { rows } = await sql<{ row: Row }>`
      select to_jsonb(t) - 'doubt' as row from any_effect as t order by (to_jsonb(t) - 'doubt')::text`.execute(
      kysely,
    );
    expect(rows.map(({ row }) => row)).toEqual(before.get('effect')?.map(({ row }) => row));
    const { rows: apart } = await sql`select from finished_effect`.execute(kysely);
    const { rows: open } = await sql`
      select from effect where state in ('delivered', 'cancelled', 'suppressed')`.execute(kysely);
    expect([apart.length, open.length]).toEqual([9, 0]);
    expect(Object.values(await new EffectReadModel(database).countByState({}))).toEqual(
      Array(8).fill(3),
    );
  });

  it('gets new partitions behind the old table, whose rows still go one by one', async () => {
    const clock = new FakeClock(new Date());
    const retention = new Retention(database, clock);
    const table = { table: 'decision', column: 'decided_at', keepDays: 300 } as const;
    await new Partitions(database, clock, retention).keep(table);
    expect(await decisionPartitions()).toEqual([
      'decision_…',
      'decision_…',
      'decision_default',
      'decision_first',
    ]);
    expect(await retention.sweep()).toBe(7);
    expect((await decisionIds()).rows).toHaveLength(35);

    clock.advance(302 * 86_400_000);
    await retention.sweep();
    expect(await decisionPartitions()).not.toContain('decision_first');
  });
});

async function decisionPartitions(): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select inhrelid::regclass::text as name from pg_inherits
    where inhparent = 'decision'::regclass order by 1`.execute(database.kysely);
  return rows.map(({ name }) => name.replace(/\d{8}/, '…'));
}

function decisionIds() {
  return sql<{ delivery_id: string }>`select delivery_id from decision`.execute(database.kysely);
}

/** As the service does every ten minutes. */
async function sweepEffects(clock: FakeClock): Promise<void> {
  const retention = new Retention(database, clock);
  const partitions = new Partitions(database, clock, retention);
  await new FinishedEffectRepository(retention, partitions, readConfiguration({})).onModuleInit();
  await retention.sweep();
}

async function storeText(contactId: string): Promise<void> {
  await sql`insert into lane (location_id, contact_id, ready_at) values ('l', ${contactId}, now())`.execute(
    database.kysely,
  );
  await sql`
    insert into effect (location_id, contact_id, effect_key, kind, payload, due_at, created_at)
    values ('l', ${contactId}, ${`${contactId}@1/reply`}, 'send_message', '{"text": "hello"}', now(), now())`.execute(
    database.kysely,
  );
}

function placesOf(contactId: string) {
  return sql<{ table: string; state: string; remote_id: string }>`
    select 'effect' as "table", state, remote_id from effect where contact_id = ${contactId}
    union all
    select 'finished_effect', state, remote_id from finished_effect where contact_id = ${contactId}`
    .execute(database.kysely)
    .then(({ rows }) => rows);
}

/** A deployment replaces one replica after the other: the statements of those that are still to be replaced. */
describe('a replica of the version before', () => {
  it('goes on storing what comes in, and its retention', async () => {
    const { kysely } = database;
    const upsert = sql`
      insert into delivery
        (location_id, delivery_id, contact_id, event_type, state, scheme, body, error, occurred_at, received_at)
      values ('l', 'late', 'ann', 'message.received', 'processed', 'hmac', '{}', null, now(), now())
      on conflict (location_id, delivery_id) do update set state = excluded.state where true`;
    await upsert.execute(kysely);
    await upsert.execute(kysely);
    await sql`insert into decision (location_id, delivery_id, contact_id, decided_at, document)
      values ('l', 'late', 'ann', now(), '{}')`.execute(kysely);
    await sql`insert into decision_input (location_id, delivery_id, decided_at, decider_version, rollout_id,
        settings_id, received_at, body_digest, situation, digests)
      values ('l', 'late', now(), 1, 'r1', 's1', now(), 'x', '{}', '{}')`.execute(kysely);
    const { numAffectedRows } = await sql`
      delete from decision using (
        select location_id, delivery_id, decided_at from decision where delivery_id = 'late'
        limit 10 for update skip locked
      ) as due
      where decision.location_id = due.location_id and decision.delivery_id = due.delivery_id
        and decision.decided_at = due.decided_at`.execute(kysely);
    expect(numAffectedRows).toBe(1n);
    const shown = await new DeliveryReadModel(database).get({ location: 'l', id: 'late' });
    expect(shown).toMatchObject({ state: 'processed', error: null });
  });

  it('claims and finishes effects, which move apart afterwards', async () => {
    const { kysely } = database;
    await storeText('old');
    const { rows } = await sql<{ fence: number }>`
      update lane set ready_at = null, leased_until = now() + interval '45 seconds', fence = lane.fence + 1
      where contact_id = 'old' returning lane.fence`.execute(kysely);
    await sql`
      update effect set state = 'delivered', remote_id = 'm-old', started_at = now(), finished_at = now()
      where contact_id = 'old' and state in ('pending', 'sending')`.execute(kysely);
    await sql`update lane set leased_until = null where contact_id = 'old'`.execute(kysely);
    const delivered = { state: 'delivered', remote_id: 'm-old' };
    expect(await placesOf('old')).toEqual([{ table: 'effect', ...delivered }]);

    await sweepEffects(new FakeClock(new Date(Date.now() + 11 * 60_000)));
    expect(await placesOf('old')).toEqual([{ table: 'finished_effect', ...delivered }]);
    // The lane has gone; what may still hold it does not hold the next one.
    await storeText('old-again');
    await sql`update lane set contact_id = 'old' where contact_id = 'old-again'`.execute(kysely);
    const [again] = await claimAll();
    expect(again?.fence).toBeGreaterThan(rows[0]?.fence ?? Infinity);
  });

  it('finds the texts that a new replica has just sent, when the CRM tells of them', async () => {
    await storeText('new');
    const lanes = await claimAll();
    const progress = lanes.map((lane): LaneProgress => {
      const effects = lane.effects.map(({ effectId, dueAt }) => delivered(effectId, dueAt));
      return { lane, effects, failures: 0, retryAt: null, limitedUntil: null };
    });
    await new Transactions(database).inPipeline((transaction) =>
      new LaneRepository(database, new EffectRegistry()).finish(transaction, progress, new Date()),
    );
    const { rows } = await sql`
      select from effect
      where effect.location_id = 'l' and effect.contact_id = 'new'
        and effect.kind in ('send_message', 'follow_up') and effect.remote_id = 'm-new'`.execute(
      database.kysely,
    );
    expect(rows).toHaveLength(1);
    await sweepEffects(new FakeClock(new Date(Date.now() + 11 * 60_000)));
    expect(await placesOf('new')).toMatchObject([{ table: 'finished_effect', remote_id: 'm-new' }]);
  });
});

function claimAll() {
  // A moment later: what the database has just stamped is newer than this clock's whole milliseconds.
  const now = new Date(Date.now() + 1_000);
  const leaseUntil = new Date(now.getTime() + 45_000);
  const lanes = new LaneRepository(database, new EffectRegistry());
  return lanes.claim({ limit: 10, now, leaseUntil, busyLocations: [] });
}

function delivered(effectId: number, dueAt: Date): EffectProgress {
  return {
    effectId,
    state: 'delivered',
    remoteId: 'm-new',
    dueAt,
    attempts: 1,
    unsent: false,
    firstFailedAt: null,
    lastError: null,
    doubt: null,
    instead: null,
  };
}
