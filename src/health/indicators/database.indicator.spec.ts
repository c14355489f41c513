import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type pg from 'pg';
import type { DatabaseListener } from '../../database/database-listener.js';
import { Database } from '../../database/database.js';
import { ReloadedTables } from '../../database/reloaded-tables.js';
import { FakeClock } from '../../telemetry/testing/fake-clock.js';
import { DatabaseIndicator } from './database.indicator.js';

describe('DatabaseIndicator', () => {
  const query = jest.fn<(query: object) => Promise<unknown>>();
  let indicator: DatabaseIndicator;
  let clock: FakeClock;
  let tables: ReloadedTables;

  beforeEach(() => {
    query.mockReset();
    const pool = { query } as unknown as pg.Pool;
    const server = { url: '', place: '', isEmbedded: false, stop: () => Promise.resolve() };
    const listener = { listen: () => () => undefined } as unknown as DatabaseListener;
    clock = new FakeClock();
    tables = new ReloadedTables(listener, clock);
    indicator = new DatabaseIndicator(new Database(server, pool), tables, clock);
  });

  afterEach(() => {
    tables.onModuleDestroy();
    jest.useRealTimers();
  });

  it('is up when the database answers', async () => {
    query.mockResolvedValue({ command: 'SELECT', rows: [{}] });

    expect(await indicator.check()).toEqual({ status: 'up' });
    expect(query).toHaveBeenCalledWith({ text: 'select 1', timeLimitMs: 1_500 });
  });

  it('tells how old the tables in memory are, also while it is away', async () => {
    tables.hold({ name: 'some_table', channel: 'c', load: () => Promise.resolve([]) });
    await tables.onModuleInit();
    clock.advance(12_900);
    query.mockRejectedValue(new Error('away'));

    expect(await indicator.check()).toEqual({
      status: 'down',
      reason: 'failed',
      some_table_age_seconds: 12,
    });

    clock.advance(10_000);
    query.mockResolvedValue({ command: 'SELECT', rows: [{}] });

    expect(await indicator.check()).toEqual({ status: 'up', some_table_age_seconds: 22 });
  });

  it('is down, without telling the error, when it refuses', async () => {
    query.mockRejectedValue(new Error('password authentication failed for user "admin"'));

    expect(await indicator.check()).toEqual({ status: 'down', reason: 'failed' });
  });

  it('is down when it does not answer in time', async () => {
    jest.useFakeTimers();
    query.mockReturnValue(new Promise(() => undefined));

    const check = indicator.check();
    await jest.advanceTimersByTimeAsync(1_500);

    expect(await check).toEqual({ status: 'down', reason: 'timed_out' });
  });
});
