import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { DatabaseListener, WakeUpHandler } from '../../database/database-listener.js';
import type { OutcomeMapping } from './outcome-mapping.js';
import type { OutcomeMappingRepository } from './outcome-mapping.repository.js';
import { OutcomeMappings } from './outcome-mappings.js';

let stored: readonly OutcomeMapping[];
let isAway: boolean;
let loads: number;
let wake: WakeUpHandler;
let mappings: OutcomeMappings;

const repository: Pick<OutcomeMappingRepository, 'list'> = {
  list: () => {
    loads++;
    const rows = stored.map((mapping) => ({ ...mapping, updatedAt: new Date(0) }));
    return isAway ? Promise.reject(new Error('away')) : Promise.resolve(rows);
  },
};
const listener: Pick<DatabaseListener, 'listen'> = {
  listen: (_channel, handler) => {
    wake = handler;
    return () => undefined;
  },
};

const map = (locationId: string, outcome: OutcomeMapping['outcome']): OutcomeMapping => ({
  locationId,
  statusKey: 'signed',
  outcome,
});
const meaning = (locationId: string) => mappings.forLocation(locationId).get('signed');

beforeEach(async () => {
  Logger.overrideLogger(false);
  jest.useFakeTimers();
  [stored, isAway, loads] = [[map('*', 'converted'), map('loc-1', 'active')], false, 0];
  mappings = new OutcomeMappings(
    repository as OutcomeMappingRepository,
    listener as DatabaseListener,
  );
  await mappings.onModuleInit();
});

afterEach(() => {
  mappings.onModuleDestroy();
  jest.useRealTimers();
});

describe('the mappings in memory', () => {
  it('are there from the start, a location’s own over those of all', () => {
    expect([meaning('loc-1'), meaning('loc-2')]).toEqual(['active', 'converted']);
  });

  it('keep no place for names of a prototype', () => {
    expect(mappings.forLocation('__proto__').get('constructor')).toBeUndefined();
  });

  it('share one load among all who ask while one is under way', async () => {
    await Promise.all(Array.from({ length: 10 }, () => mappings.refresh()));
    expect(loads).toBe(2);
  });

  it('stay in force while the database is away, and are tried again until it is back', async () => {
    isAway = true;
    stored = [map('*', 'lost')];
    wake({ kind: 'notified', payload: '' });
    await jest.advanceTimersByTimeAsync(2_500);
    expect(meaning('loc-2')).toBe('converted');
    isAway = false;
    await jest.advanceTimersByTimeAsync(1_000);
    expect([meaning('loc-1'), meaning('loc-2')]).toEqual(['lost', 'lost']);
  });
});
