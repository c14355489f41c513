import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import type { Database } from '../../../src/database/database.js';
import { openDatabase } from '../../../src/database/open-database.js';
import { Retention } from '../../../src/database/retention.js';
import { Transactions } from '../../../src/database/transactions.js';
import { GrowthCounterRepository } from '../../../src/growth/counters/growth-counter.repository.js';
import { ModelUseRepository } from '../../../src/llm-reading/model-use.repository.js';
import { FakeClock } from '../../../src/telemetry/testing/fake-clock.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';

const DAY_MS = 86_400_000;
const CHICAGO = 'America/Chicago';

let testDatabase: TestDatabase;
let database: Database;
let use: ModelUseRepository;
let counters: GrowthCounterRepository;
let retention: Retention;
const clock = new FakeClock(new Date('2026-11-26T03:00:00Z'));

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase({ databaseUrl: testDatabase.url, dataDir: '', poolSize: 4 });
  counters = new GrowthCounterRepository(database);
  retention = new Retention(database, clock);
  use = new ModelUseRepository(new Transactions(database), counters, retention, clock);
  use.onModuleInit();
});
afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});
beforeEach(async () => {
  await sql`truncate language_model_use, growth_counter`.execute(database.kysely);
});

async function spent(): Promise<readonly object[]> {
  const { rows } = await sql<object>`
    select location_id, day::text, calls, cost_usd::float8 from language_model_use order by 1, 2`.execute(
    database.kysely,
  );
  return rows;
}

describe('the budget of a location', () => {
  it('counts a day as the location does', () => {
    expect(use.accountOf('l', CHICAGO).day).toBe('2026-11-25');
    expect(use.accountOf('l', 'Europe/Berlin').day).toBe('2026-11-26');
  });

  it('holds whoever asks at the same time, and counts only the calls that it holds', async () => {
    const account = use.accountOf('l', CHICAGO);
    const price = { costUsd: 0.3, budgetUsd: 1 };

    const asked = await Promise.all(
      Array.from({ length: 8 }, () => use.reserve(account, price, ['asked'])),
    );

    expect(asked.filter(Boolean)).toHaveLength(3);
    expect(await spent()).toEqual([
      { location_id: 'l', day: '2026-11-25', calls: 3, cost_usd: 0.9 },
    ]);
    const { growth_feature_events_total: events } = await counters.readAll();
    expect(events).toEqual({ 'llm_reading:asked': 3 });
  });

  it('gets back what a call did not cost', async () => {
    const account = use.accountOf('l', CHICAGO);
    const price = { costUsd: 0.9, budgetUsd: 1 };
    expect(await use.reserve(account, price, [])).toBe(true);
    expect(await use.reserve(account, price, [])).toBe(false);

    await use.settle(account, 0.01 - 0.9);

    expect(await use.reserve(account, price, [])).toBe(true);
    expect(await spent()).toMatchObject([{ calls: 2, cost_usd: 0.91 }]);
  });

  it('is another for another location and day, and none at all holds no call', async () => {
    const price = { costUsd: 0.9, budgetUsd: 1 };
    expect(await use.reserve(use.accountOf('l', CHICAGO), price, [])).toBe(true);
    expect(await use.reserve(use.accountOf('m', CHICAGO), price, [])).toBe(true);
    expect(await use.reserve({ locationId: 'l', day: '2026-11-26' }, price, [])).toBe(true);
    expect(await use.reserve(use.accountOf('n', CHICAGO), { costUsd: 0.1, budgetUsd: 0 }, [])).toBe(
      false,
    );
  });

  it('is forgotten after a year', async () => {
    await use.reserve(use.accountOf('l', CHICAGO), { costUsd: 0.1, budgetUsd: 1 }, []);
    clock.advance(365 * DAY_MS);
    await retention.sweep();
    expect(await spent()).toHaveLength(1);
    clock.advance(3 * DAY_MS);
    await retention.sweep();
    expect(await spent()).toEqual([]);
  });
});
