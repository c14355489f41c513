import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { readConfiguration } from '../../../src/config/configuration.js';
import type { Database } from '../../../src/database/database.js';
import { openDatabase } from '../../../src/database/open-database.js';
import { Partitions } from '../../../src/database/partitions.js';
import { Retention } from '../../../src/database/retention.js';
import { EffectReadModel } from '../../../src/effects/effect.read-model.js';
import { FinishedEffectRepository } from '../../../src/effects/finished-effect.repository.js';
import { FakeClock } from '../../../src/telemetry/testing/fake-clock.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';

let testDatabase: TestDatabase;
let database: Database;
const clock = new FakeClock();

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase({ databaseUrl: testDatabase.url, dataDir: '', poolSize: 4 });
  // Makes the partitions, which are there before anything finishes.
  await sweep();
});
afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});
beforeEach(async () => {
  await sql`truncate effect, finished_effect, effect_tally`.execute(database.kysely);
});

/** As many as that, of one location and kind, finished `daysAgo`. */
async function finish(count: number, state: string, daysAgo = 0, location = 'l'): Promise<void> {
  const at = new Date(clock.now().getTime() - daysAgo * 86_400_000);
  await sql`
    insert into finished_effect (effect_id, location_id, contact_id, effect_key, kind, payload, state, due_at,
      attempts, sends, finished_at, created_at)
    select n, ${location}, 'c', n || '/1', 'add_note', '{}', ${state}, ${at}::timestamptz, 1, 1, ${at}::timestamptz, ${at}::timestamptz
    from generate_series(1, ${count}::int) as n`.execute(database.kysely);
}

function counts(scope: Parameters<EffectReadModel['countByState']>[0] = {}) {
  return new EffectReadModel(database).countByState(scope);
}

async function sweep(): Promise<void> {
  const retention = new Retention(database, clock);
  const partitions = new Partitions(database, clock, retention);
  await new FinishedEffectRepository(retention, partitions, readConfiguration({})).onModuleInit();
  await retention.sweep();
}

describe('the counts of finished effects', () => {
  it('grow with every statement that finishes some, and shrink with one that takes some back', async () => {
    await finish(3, 'delivered');
    await finish(2, 'delivered');
    await finish(1, 'suppressed', 0, 'other');
    expect(await counts()).toEqual({ delivered: 5, suppressed: 1 });
    await sql`delete from finished_effect where state = 'suppressed' or effect_id = 3`.execute(
      database.kysely,
    );
    expect(await counts()).toEqual({ delivered: 4 });
  });

  it('are those of a location, a kind or a lead', async () => {
    await finish(3, 'delivered');
    await finish(2, 'cancelled', 0, 'other');
    expect(await counts({ location_id: 'other' })).toEqual({ cancelled: 2 });
    expect(await counts({ kind: 'add_note' })).toEqual({ delivered: 3, cancelled: 2 });
    expect(await counts({ kind: 'add_tags' })).toEqual({});
    expect(await counts({ location_id: 'l', contact_id: 'c' })).toEqual({ delivered: 3 });
  });

  it('stay the same when they are summed up, also by replicas at once', async () => {
    for (const daysAgo of [0, 0, 0, 8, 8]) await finish(2, 'delivered', daysAgo);
    await Promise.all([sweep(), sweep(), finish(1, 'cancelled')]);
    expect(await counts()).toEqual({ delivered: 10, cancelled: 1 });
    const { rows } = await sql`select from effect_tally where state = 'delivered'`.execute(
      database.kysely,
    );
    expect(rows).toHaveLength(2);
  });

  it('forget what has had its time', async () => {
    await finish(2, 'delivered', 410);
    await finish(1, 'delivered', 390);
    await sweep();
    expect(await counts()).toEqual({ delivered: 1 });
  });
});
