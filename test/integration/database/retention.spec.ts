import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { readConfiguration } from '../../../src/config/configuration.js';
import type { Database } from '../../../src/database/database.js';
import { openDatabase } from '../../../src/database/open-database.js';
import { FakeClock } from '../../../src/telemetry/testing/fake-clock.js';
import { Partitions } from '../../../src/database/partitions.js';
import { Retention } from '../../../src/database/retention.js';
import { FinishedEffectRepository } from '../../../src/effects/finished-effect.repository.js';
import { IntakeRetentionRepository } from '../../../src/intake/intake-retention.repository.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';

let testDatabase: TestDatabase;
let database: Database;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase({ databaseUrl: testDatabase.url, dataDir: '', poolSize: 2 });
});

afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});

async function retentionOf(clock: FakeClock): Promise<Retention> {
  const retention = new Retention(database, clock);
  const partitions = new Partitions(database, clock, retention);
  const configuration = readConfiguration({});
  await new IntakeRetentionRepository(retention, partitions, configuration).onModuleInit();
  await new FinishedEffectRepository(retention, partitions, configuration).onModuleInit();
  return retention;
}

it('deletes expired claims and old bodies, and keeps what failed', async () => {
  const clock = new FakeClock();
  const now = clock.now();
  const daysAgo = (days: number): Date => new Date(now.getTime() - days * 86_400_000);
  await sql`insert into delivery_claim values ('l', 'old', ${now}), ('l', 'new', ${daysAgo(-1)})`.execute(
    database.kysely,
  );
  for (const [id, state, receivedAt] of [
    ['old', 'processed', daysAgo(31)],
    ['old-failed', 'failed', daysAgo(31)],
    ['new', 'processed', daysAgo(29)],
  ] as const) {
    await sql`
      insert into delivery (location_id, delivery_id, event_type, state, scheme, body, occurred_at, received_at)
      values ('l', ${id}, 't', ${state}, 'hmac', '{}', ${receivedAt}, ${receivedAt})`.execute(
      database.kysely,
    );
  }
  for (const [contact, state, finishedAt] of [
    ['gone', 'delivered', daysAgo(401)],
    ['dead', 'dead', daysAgo(401)],
    ['kept', 'delivered', daysAgo(399)],
  ] as const) {
    await sql`
      insert into effect (location_id, contact_id, effect_key, kind, payload, state, due_at, created_at, finished_at)
      values ('l', ${contact}, ${contact}, 'add_note', '{}', ${state}, ${finishedAt}, ${finishedAt}, ${finishedAt})`.execute(
      database.kysely,
    );
    await sql`insert into lane (location_id, contact_id) values ('l', ${contact})`.execute(
      database.kysely,
    );
    await sql`
      insert into decision (location_id, delivery_id, contact_id, decided_at, document)
      values ('l', ${contact}, ${contact}, ${finishedAt}, '{}')`.execute(database.kysely);
  }
  const retention = await retentionOf(clock);
  expect(await retention.sweep()).toBe(9);
  expect(await retention.sweep()).toBe(0);
  const contactsOf = async (table: 'any_effect' | 'lane' | 'decision'): Promise<string[]> => {
    const rows = await database.kysely
      .selectFrom(table)
      .select('contact_id')
      .orderBy('contact_id')
      .execute();
    return rows.map((row) => row.contact_id);
  };
  expect(await contactsOf('any_effect')).toEqual(['dead', 'kept']);
  expect(await contactsOf('lane')).toEqual(['dead']);
  expect(await contactsOf('decision')).toEqual(['kept']);
  const claims = await database.kysely.selectFrom('delivery_claim').select('claim_id').execute();
  const bodies = await database.kysely
    .selectFrom('delivery')
    .select('delivery_id')
    .orderBy('delivery_id')
    .execute();
  expect(claims).toEqual([{ claim_id: 'new' }]);
  expect(bodies).toEqual([{ delivery_id: 'new' }, { delivery_id: 'old-failed' }]);
});

/** Tables of a later version: rows of two partitions lie at the same place of their files. */
it('deletes nothing but what has had its time from a table in partitions', async () => {
  const clock = new FakeClock();
  const old = new Date(clock.now().getTime() - 500 * 86_400_000);
  await sql`truncate delivery_claim, delivery, decision, effect, finished_effect, lane`.execute(
    database.kysely,
  );
  await sql`alter table delivery_claim rename to delivery_claim_whole`.execute(database.kysely);
  await sql`create table delivery_claim (like delivery_claim_whole including defaults)
    partition by range (expires_at)`.execute(database.kysely);
  await sql`create table delivery_claim_past partition of delivery_claim
    for values from (minvalue) to (${sql.lit(clock.now().toISOString())})`.execute(database.kysely);
  await sql`create table delivery_claim_ahead partition of delivery_claim
    for values from (${sql.lit(clock.now().toISOString())}) to (maxvalue)`.execute(database.kysely);
  await sql`insert into delivery_claim values
    ('l', 'old', ${old}), ('l', 'kept', ${new Date(clock.now().getTime() + 60_000)})`.execute(
    database.kysely,
  );

  expect(await (await retentionOf(clock)).sweep()).toBe(1);
  const kept = await database.kysely.selectFrom('delivery_claim').select('claim_id').execute();
  expect(kept).toEqual([{ claim_id: 'kept' }]);
});
