import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createPool } from '../../../src/database/connection-pool.js';
import { Database } from '../../../src/database/database.js';
import { GrowthCounterRepository } from '../../../src/growth/counters/growth-counter.repository.js';
import type { GrowthIncrement } from '../../../src/growth/growth-ledger.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';

const evaluations = (key: string, value: number): GrowthIncrement => ({
  metric: 'feature_flag_evaluations_total',
  key,
  value,
});

describe('GrowthCounterRepository', () => {
  let testDatabase: TestDatabase;
  let database: Database;

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    const server = {
      url: testDatabase.url,
      place: 'test',
      isEmbedded: false,
      stop: () => Promise.resolve(),
    };
    database = new Database(
      server,
      createPool(testDatabase.url, 8, () => undefined),
    );
  });

  afterAll(async () => {
    await database.close();
    await testDatabase.drop();
  });

  beforeEach(async () => {
    await database.kysely.deleteFrom('growth_counter').execute();
  });

  /** As in another process: a shard of its own. */
  function repositoryOnShard(shard: number): GrowthCounterRepository {
    return new GrowthCounterRepository(database, shard);
  }

  it('reads empty maps before anything was counted', async () => {
    expect(await repositoryOnShard(0).readAll()).toEqual({
      feature_flag_evaluations_total: {},
      feature_flag_enabled_total: {},
      feature_flag_blocked_total: {},
      growth_feature_events_total: {},
    });
  });

  it('adds up over calls, within a call, and over processes', async () => {
    const [first, second] = [repositoryOnShard(1), repositoryOnShard(2)];
    await first.add(database.kysely, [
      evaluations('timing', 1),
      evaluations('timing', 2),
      evaluations('style', 5),
    ]);
    await first.add(database.kysely, [evaluations('timing', 10)]);
    await second.add(database.kysely, [
      evaluations('timing', 100),
      { metric: 'growth_feature_events_total', key: 'timing:applied_standard', value: 7 },
    ]);

    expect(await first.readAll()).toMatchObject({
      feature_flag_evaluations_total: { timing: 113, style: 5 },
      growth_feature_events_total: { 'timing:applied_standard': 7 },
    });
    const { length } = await database.kysely.selectFrom('growth_counter').selectAll().execute();
    expect(length).toBe(4);
  });

  it('keeps counts beyond 32 bits exact', async () => {
    const repository = repositoryOnShard(0);
    await repository.add(database.kysely, [evaluations('timing', 4_294_967_296)]);
    await repository.add(database.kysely, [evaluations('timing', 1)]);

    const { feature_flag_evaluations_total: counts } = await repository.readAll();
    expect(counts).toEqual({ timing: 4_294_967_297 });
  });

  it('counts nothing when the transaction rolls back', async () => {
    const repository = repositoryOnShard(0);
    const work = database.kysely.transaction().execute(async (transaction) => {
      await repository.add(transaction, [evaluations('timing', 1)]);
      throw new Error('the decision failed');
    });

    await expect(work).rejects.toThrow('the decision failed');
    expect((await repository.readAll()).feature_flag_evaluations_total).toEqual({});
  });

  it('does nothing without increments', async () => {
    await repositoryOnShard(0).add(database.kysely, []);

    expect(await database.kysely.selectFrom('growth_counter').selectAll().execute()).toEqual([]);
  });

  it('loses nothing and never deadlocks when processes share a shard and name the keys in any order', async () => {
    const keys = ['a', 'b', 'c', 'd', 'e'];
    const count = (turn: number): Promise<void> =>
      database.kysely.transaction().execute((transaction) => {
        const order = turn % 2 === 0 ? keys : [...keys].reverse();
        return repositoryOnShard(3).add(
          transaction,
          order.map((key) => evaluations(key, 1)),
        );
      });

    await Promise.all(Array.from({ length: 100 }, (_, turn) => count(turn)));

    expect((await repositoryOnShard(3).readAll()).feature_flag_evaluations_total).toEqual(
      Object.fromEntries(keys.map((key) => [key, 100])),
    );
  });
});
