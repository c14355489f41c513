import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { DatabaseListener } from '../../database/database-listener.js';
import { ReloadedTables } from '../../database/reloaded-tables.js';
import { Transactions } from '../../database/transactions.js';
import type { Outcome } from '../../growth/growth-feature.js';
import { FakeClock } from '../../telemetry/testing/fake-clock.js';
import type { OutcomeMappingRepository, OutcomeMappingRow } from './outcome-mapping.repository.js';
import { OutcomeMappings } from './outcome-mappings.js';

let stored: readonly OutcomeMappingRow[];
let mappings: OutcomeMappings;
let tables: ReloadedTables;

const repository = {
  list: () => Promise.resolve(stored),
  apply: () => Promise.resolve(),
} as unknown as OutcomeMappingRepository;
const listener = { listen: () => () => undefined } as unknown as DatabaseListener;
const transactions = {
  inTransaction: (work: () => unknown) => Promise.resolve(work()),
} as unknown as Transactions;

const map = (location_id: string, outcome: Outcome, updatedAtMs = 0): OutcomeMappingRow => ({
  location_id,
  status_key: 'signed',
  outcome,
  updated_at: new Date(updatedAtMs),
});
const meaning = (locationId: string) => mappings.forLocation(locationId).get('signed');

beforeEach(async () => {
  stored = [map('*', 'converted'), map('loc-1', 'active')];
  const clock = new FakeClock();
  tables = new ReloadedTables(listener, clock);
  mappings = new OutcomeMappings(repository, transactions, clock, tables);
  await tables.onModuleInit();
});

afterEach(() => tables.onModuleDestroy());

describe('the mappings in memory', () => {
  it('are there from the start, a location’s own over those of all', () => {
    expect([meaning('loc-1'), meaning('loc-2')]).toEqual(['active', 'converted']);
  });

  it('keep no place for names of a prototype', () => {
    expect(mappings.forLocation('__proto__').get('constructor')).toBeUndefined();
  });

  it('are in force once a change is made', async () => {
    stored = [map('*', 'lost')];
    await mappings.change([{ locationId: 'loc-1', statusKey: 'signed', outcome: null }]);
    expect([meaning('loc-1'), meaning('loc-2')]).toEqual(['lost', 'lost']);
  });

  it('are the same objects while they say the same, since decisions are told apart by them', async () => {
    const [own, ofAll] = [mappings.forLocation('loc-1'), mappings.forLocation('loc-2')];
    stored = [map('*', 'converted', 1), map('loc-1', 'active', 1)];
    await mappings.change([]);
    expect(mappings.forLocation('loc-1')).toBe(own);
    expect(mappings.forLocation('loc-2')).toBe(ofAll);
    expect(mappings.forLocation('loc-3')).toBe(ofAll);
  });
});
