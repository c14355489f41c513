import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { FakeClock } from '../telemetry/testing/fake-clock.js';
import type { DatabaseListener, WakeUpHandler } from './database-listener.js';
import type { ReloadedTable } from './reloaded-table.js';
import { ReloadedTables } from './reloaded-tables.js';

type Colours = ReadonlyMap<string, { readonly hex: string }>;

const coloursOf = (hex: string): Colours => new Map([['sky', { hex }]]);

let stored: string;
let isAway: boolean;
let loads: number;
let handlers: Map<string, WakeUpHandler>;
let clock: FakeClock;
let tables: ReloadedTables;
let table: ReloadedTable<Colours>;

const listener = {
  listen: (channel: string, handler: WakeUpHandler) => {
    handlers.set(channel, handler);
    return () => void handlers.delete(channel);
  },
} as DatabaseListener;

/** A read takes one moment, in which the database may change. */
async function load(): Promise<Colours> {
  loads++;
  const read = coloursOf(stored);
  if (isAway) throw new Error('away');
  await Promise.resolve();
  return read;
}

async function pass(ms: number): Promise<void> {
  clock.advance(ms);
  await jest.advanceTimersByTimeAsync(ms);
}

const notify = () => handlers.get('colours')?.({ kind: 'notified', payload: '' });
const sky = () => table.value.get('sky')?.hex;

beforeEach(async () => {
  Logger.overrideLogger(false);
  jest.useFakeTimers();
  [stored, isAway, loads, handlers, clock] = ['blue', false, 0, new Map(), new FakeClock()];
  tables = new ReloadedTables(listener, clock);
  table = tables.hold({ name: 'colours', channel: 'colours', load });
  await tables.onModuleInit();
});

afterEach(() => {
  tables.onModuleDestroy();
  jest.useRealTimers();
});

describe('a table in memory', () => {
  it('is there from the start', () => {
    expect(sky()).toBe('blue');
    expect(loads).toBe(1);
  });

  it('cannot be asked before it was loaded, and fails the start when it cannot be', async () => {
    const other = tables.hold({ name: 'shapes', channel: 'shapes', load });
    expect(() => other.value).toThrow('shapes');
    isAway = true;
    await expect(other.start()).rejects.toThrow('away');
  });

  it('follows a notification at once', async () => {
    stored = 'grey';
    notify();
    await pass(0);
    expect(sky()).toBe('grey');
  });

  it('reads again whenever the listener has connected, since it may have missed something', async () => {
    stored = 'grey';
    handlers.get('colours')?.({ kind: 'connected' });
    await pass(0);
    expect(sky()).toBe('grey');
  });

  it('finds a change that nobody told it of within half a minute, again and again', async () => {
    for (const colour of ['grey', 'red']) {
      stored = colour;
      await pass(29_000);
      expect(sky()).not.toBe(colour);
      await pass(1_000);
      expect(sky()).toBe(colour);
    }
    expect(loads).toBe(3);
  });

  it('stays in force while the database is away, and is tried again until it is back', async () => {
    isAway = true;
    stored = 'grey';
    notify();
    await pass(2_500);
    expect(sky()).toBe('blue');
    expect(loads).toBe(4);
    isAway = false;
    await pass(1_000);
    expect(sky()).toBe('grey');
    stored = 'red';
    await pass(30_000);
    expect(sky()).toBe('red');
  });

  it('is the same object as long as it holds the same', async () => {
    const before = table.value;
    await table.refresh();
    expect(table.value).toBe(before);
    stored = 'grey';
    await table.refresh();
    expect(table.value).not.toBe(before);
  });

  it('reads no more once it is stopped, nor after a load that was under way', async () => {
    notify();
    tables.onModuleDestroy();
    await pass(120_000);
    expect(handlers.size).toBe(0);
    expect(loads).toBe(2);
  });
});

describe('a refresh', () => {
  it('shares one load among all who ask while one is under way', async () => {
    await Promise.all(Array.from({ length: 10 }, () => table.refresh()));
    expect(loads).toBe(2);
  });

  it('brings what was committed before the call, also while an older load is under way', async () => {
    const older = table.refresh();
    await Promise.resolve();
    await Promise.resolve();
    expect(loads).toBe(2);
    stored = 'grey';
    await table.refresh();
    expect(sky()).toBe('grey');
    await older;
    expect(loads).toBe(3);
  });

  it('tells its caller when it fails, and the next one succeeds', async () => {
    isAway = true;
    await expect(table.refresh()).rejects.toThrow('away');
    expect(sky()).toBe('blue');
    isAway = false;
    stored = 'grey';
    await table.refresh();
    expect(sky()).toBe('grey');
  });
});

describe('the age of a table', () => {
  it('is that of its last good read, changed or not', async () => {
    expect(tables.agesMs()).toEqual(new Map([['colours', 0]]));
    await pass(20_000);
    expect(tables.agesMs()).toEqual(new Map([['colours', 20_000]]));
    await pass(10_000);
    expect(tables.agesMs()).toEqual(new Map([['colours', 0]]));
    expect(table.loadedAt).toEqual(clock.now());
  });

  it('grows while the database is away', async () => {
    isAway = true;
    await pass(90_000);
    expect(table.ageMs(clock.now())).toBe(90_000);
    isAway = false;
    await pass(1_000);
    expect(table.ageMs(clock.now())).toBe(0);
  });

  it('is never below zero, should the clock be set back', () => {
    clock.advance(-5_000);
    expect(table.ageMs(clock.now())).toBe(0);
  });
});
