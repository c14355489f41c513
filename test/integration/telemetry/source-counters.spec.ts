import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Database } from '../../../src/database/database.js';
import { openDatabase } from '../../../src/database/open-database.js';
import { execute } from '../../../src/database/reading.js';
import { DecisionCounters } from '../../../src/growth/counters/decision-counters.js';
import { GrowthCounterRepository } from '../../../src/growth/counters/growth-counter.repository.js';
import { ObservedSourceRepository } from '../../../src/growth/counters/observed-source.repository.js';
import type {
  ObservedSources,
  SourceStanding,
} from '../../../src/growth/counters/observed-sources.js';
import { metricKey } from '../../../src/growth/growth-feature.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';

const PREFIX = 'lead_source_attribution:source_observed_';

let testDatabase: TestDatabase;
let database: Database;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase({ databaseUrl: testDatabase.url, dataDir: '', poolSize: 8 });
});
afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});
beforeEach(async () => {
  await database.kysely.deleteFrom('growth_counter').execute();
  await database.kysely.deleteFrom('observed_source').execute();
});

/** A replica that knows of its sources what is said here. */
function replica(shard: number, standing: SourceStanding = 'unseen') {
  const counters = new GrowthCounterRepository(database, shard);
  const known = { standingOf: () => standing } as unknown as ObservedSources;
  const decisions = new DecisionCounters(counters, new ObservedSourceRepository(database), known);
  return (locationId: string, sources: readonly string[]) =>
    database.kysely
      .transaction()
      .execute((trx) =>
        execute(trx, decisions.save({ decided: sources.map((one) => decided(locationId, one)) })),
      );
}

function decided(locationId: string, source: string) {
  const metric = 'growth_feature_events_total' as const;
  return {
    delivery: { locationId },
    document: { source },
    increments: [
      { metric, key: `${PREFIX}${metricKey(source)}`, value: 1 },
      { metric, key: 'lead_source_attribution:feedback_signal_observed_nurture', value: 1 },
    ],
  };
}

async function countsBySource(): Promise<Readonly<Record<string, number>>> {
  const counts = await new GrowthCounterRepository(database, 0).readAll();
  return Object.fromEntries(
    Object.entries(counts.growth_feature_events_total)
      .filter(([key]) => key.startsWith(PREFIX))
      .map(([key, value]) => [key.slice(PREFIX.length), value]),
  );
}

const named = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${name} ${index}`);

describe('counters of sources', () => {
  it('are at most 200 per location, whoever counts at the same time, and lose nothing', async () => {
    const batches = named('batch', 6).map((name) => named(name, 50));
    await Promise.all(
      batches.map((sources, index) => replica(index % 2)('loc', [...sources, ...sources])),
    );

    const { other, ...own } = await countsBySource();
    expect(Object.keys(own)).toHaveLength(200);
    expect(new Set(Object.values(own))).toEqual(new Set([2]));
    expect(other).toBe(200);
  });

  it('have the room of each location for themselves, and share their names', async () => {
    await replica(0)('one', named('source', 200));
    await replica(0)('two', ['Source 1', 'new']);

    const counts = await countsBySource();
    expect(counts).toMatchObject({ source_1: 2, new: 1 });
    expect(counts['other']).toBeUndefined();
  });

  it('are what a replica knows them to be, without looking', async () => {
    await replica(0, 'listed')('loc', ['zillow']);
    await replica(0, 'full')('loc', ['google']);

    expect(await countsBySource()).toEqual({ zillow: 1, other: 1 });
    expect(await new ObservedSourceRepository(database).list()).toEqual([]);
  });

  it('name no person', async () => {
    await replica(0)('loc', ['dana@example.com', 'tel 972-555-0143', 'zillow']);

    expect(await countsBySource()).toEqual({ personal: 2, zillow: 1 });
    expect(await new ObservedSourceRepository(database).list()).toEqual([
      { locationId: 'loc', key: 'zillow' },
    ]);
  });
});
