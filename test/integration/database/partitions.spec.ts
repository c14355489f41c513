import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import type { Database } from '../../../src/database/database.js';
import { openDatabase } from '../../../src/database/open-database.js';
import { Partitions } from '../../../src/database/partitions.js';
import { deleteDue, Retention } from '../../../src/database/retention.js';
import { FakeClock } from '../../../src/telemetry/testing/fake-clock.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';

const DAY_MS = 86_400_000;
/** Weeks. */
const TABLE = { table: 'decided_delivery', column: 'decided_at', keepDays: 30 } as const;

let testDatabase: TestDatabase;
let database: Database;
let clock: FakeClock;
let retention: Retention;
let partitions: Partitions;

beforeEach(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase({ databaseUrl: testDatabase.url, dataDir: '', poolSize: 4 });
  clock = new FakeClock();
  retention = new Retention(database, clock);
  partitions = new Partitions(database, clock, retention);
});

afterEach(async () => {
  await database.close();
  await testDatabase.drop();
});

function daysFromNow(days: number): Date {
  return new Date(clock.now().getTime() + days * DAY_MS);
}

async function store(id: string, at: Date): Promise<void> {
  await database.kysely
    .insertInto('decided_delivery')
    .values({
      ...{ location_id: 'l', delivery_id: id, event_type: 't', state: 'processed', scheme: 'hmac' },
      ...{ body: '{}', occurred_at: at, received_at: at, decided_at: at },
    })
    .execute();
}

/** Names of the partitions that hold these deliveries. */
async function placesOf(): Promise<Readonly<Record<string, string>>> {
  const { rows } = await sql<{ id: string; place: string }>`
    select delivery_id as id, tableoid::regclass::text as place from decided_delivery order by 1`.execute(
    database.kysely,
  );
  return Object.fromEntries(rows.map(({ id, place }) => [id, place]));
}

async function listPartitions(): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select inhrelid::regclass::text as name from pg_inherits
    where inhparent = 'decided_delivery'::regclass order by 1`.execute(database.kysely);
  return rows.map(({ name }) => name);
}

describe('partitions', () => {
  it('are there for what is written from now on, with the indexes of the whole', async () => {
    await partitions.keep(TABLE);
    await store('now', daysFromNow(0));
    await store('soon', daysFromNow(6));
    expect(Object.values(await placesOf())).not.toContain('decided_delivery_default');
    const { rows } = await sql<{ count: number }>`
      select count(*) as count from pg_indexes where tablename in (${sql.join(Object.values(await placesOf()))})
      group by tablename`.execute(database.kysely);
    expect(new Set(rows.map(({ count }) => count))).toEqual(new Set([6]));
  });

  it('are made once by replicas that start together, and once more by none', async () => {
    const replicas = Array.from({ length: 4 }, () => new Partitions(database, clock, retention));
    await Promise.all(replicas.map((replica) => replica.keep(TABLE)));
    const made = await listPartitions();
    expect(made).toHaveLength(3);
    await retention.sweep();
    expect(await listPartitions()).toEqual(made);
  });

  it('take what was written before they were there', async () => {
    await partitions.keep(TABLE);
    await store('far-ahead', daysFromNow(60));
    await store('long-ago', daysFromNow(-20));
    expect(await placesOf()).toEqual({
      'far-ahead': 'decided_delivery_default',
      'long-ago': 'decided_delivery_default',
    });
    clock.advance(60 * DAY_MS);
    await partitions.keep(TABLE);
    expect((await placesOf())['far-ahead']).not.toBe('decided_delivery_default');
    expect((await placesOf())['long-ago']).toBe('decided_delivery_default');
  });

  it('are dropped once all their rows have had their time, and what the default took is deleted by then', async () => {
    await store('late', daysFromNow(-31));
    await store('in-time', daysFromNow(-29));
    await partitions.keep(TABLE);
    await store('kept', daysFromNow(0));
    expect(await retention.sweep()).toBe(1);
    expect(Object.keys(await placesOf())).toEqual(['in-time', 'kept']);

    clock.advance(29 * DAY_MS);
    await retention.sweep();
    expect(Object.keys(await placesOf())).toEqual(['kept']);
    clock.advance(9 * DAY_MS);
    await retention.sweep();
    expect(await placesOf()).toEqual({});
  });

  it('lose what is deleted by its key, wherever it lies, and nothing else', async () => {
    await store('gone', daysFromNow(60));
    await partitions.keep(TABLE);
    for (const id of ['gone', 'kept']) await store(id, daysFromNow(0));
    await store('kept-too', daysFromNow(60));
    const key = ['location_id', 'delivery_id', 'decided_at'];
    const isDue = sql`delivery_id = 'gone'`;
    const deleted = await deleteDue(database.kysely, { table: TABLE.table, key }, isDue, 10);
    expect(deleted).toBe(2);
    expect(Object.keys(await placesOf())).toEqual(['kept', 'kept-too']);
  });

  it('wait for nobody for long: what is held is left to the next round', async () => {
    await partitions.keep(TABLE);
    clock.advance(100 * DAY_MS);
    const before = await listPartitions();
    await database.kysely.transaction().execute(async (reader) => {
      await reader.selectFrom('decided_delivery').selectAll().execute();
      await retention.sweep();
      expect(await listPartitions()).toEqual(expect.arrayContaining([...before]));
      await store('meanwhile', daysFromNow(0));
    });
    await retention.sweep();
    expect(await listPartitions()).not.toEqual(expect.arrayContaining([...before]));
    expect(await placesOf()).toMatchObject({ meanwhile: expect.stringMatching(/_\d{8}$/) });
  });
});
