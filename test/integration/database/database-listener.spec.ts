import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import pg from 'pg';
import { DatabaseListener, type WakeUp } from '../../../src/database/database-listener.js';
import type { Database } from '../../../src/database/database.js';
import { openDatabase } from '../../../src/database/open-database.js';
import { type TestDatabase, createTestDatabase } from '../../support/test-database.js';
import { until } from '../../support/until.js';

Logger.overrideLogger(false);

let testDatabase: TestDatabase;
let database: Database;
let listener: DatabaseListener;

beforeEach(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase({ databaseUrl: testDatabase.url, dataDir: '', poolSize: 2 });
  listener = new DatabaseListener(database);
});

afterEach(async () => {
  await listener.onModuleDestroy();
  await database.close();
  await testDatabase.drop();
});

const notify = (channel: string, payload: string) =>
  database.pool.query('select pg_notify($1, $2)', [channel, payload]);

const endListener = () =>
  database.pool.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'growthgate listener'",
  );

async function listen(
  channel: string,
): Promise<{ readonly wakeUps: WakeUp[]; readonly stop: () => void }> {
  const wakeUps: WakeUp[] = [];
  const stop = listener.listen(channel, (wakeUp) => wakeUps.push(wakeUp));
  await until(() => wakeUps.length === 1);
  return { wakeUps, stop };
}

describe('the listener', () => {
  it('wakes when it is connected and at every notification of its channel', async () => {
    const effects = await listen('effects');
    const rollouts = await listen('Roll"outs');
    await notify('effects', 'one');
    await notify('Roll"outs', 'two');
    await until(() => effects.wakeUps.length === 2 && rollouts.wakeUps.length === 2);
    expect(effects.wakeUps).toEqual([{ kind: 'connected' }, { kind: 'notified', payload: 'one' }]);
    expect(rollouts.wakeUps).toEqual([{ kind: 'connected' }, { kind: 'notified', payload: 'two' }]);
  });

  it('wakes after a lost connection, since it may have missed something, and hears again', async () => {
    const { wakeUps } = await listen('effects');
    await endListener();
    await until(() => wakeUps.length === 2);
    expect(wakeUps[1]).toEqual({ kind: 'connected' });
    await notify('effects', 'again');
    await until(() => wakeUps.length === 3);
  });

  it('keeps trying while the database is away', async () => {
    const { wakeUps } = await listen('effects');
    // Opens the connection of the pool by which the listener is watched meanwhile.
    expect(await countListeners()).toBe(1);
    await refuseConnections(true);
    await endListener();
    await until(async () => (await countListeners()) === 0);
    await refuseConnections(false);
    await until(() => wakeUps.length === 2);
  });

  it('serves two handlers of a channel, one of which fails', async () => {
    listener.listen('effects', () => {
      throw new Error('no');
    });
    const { wakeUps } = await listen('effects');
    await notify('effects', 'both');
    await until(() => wakeUps.some(({ kind }) => kind === 'notified'));
  });

  it('leaves a handler that has stopped alone', async () => {
    const stopped = await listen('effects');
    const other = await listen('effects');
    stopped.stop();
    await notify('effects', 'one');
    await until(() => other.wakeUps.some(({ kind }) => kind === 'notified'));
    expect(stopped.wakeUps).toEqual([{ kind: 'connected' }]);
  });

  it('ends its connection when the module is destroyed, and does not come back', async () => {
    await listen('effects');
    await listener.onModuleDestroy();
    await until(async () => (await countListeners()) === 0);
    listener.listen('effects', () => undefined);
    expect(await countListeners()).toBe(0);
  });

  async function countListeners(): Promise<number> {
    const answer = await database.pool.query(
      "select 1 from pg_stat_activity where datname = current_database() and application_name = 'growthgate listener'",
    );
    return answer.rowCount ?? 0;
  }

  /** Superusers pass a connection limit, but not this. */
  async function refuseConnections(isRefused: boolean): Promise<void> {
    const url = new URL(testDatabase.url);
    const name = url.pathname.slice(1);
    url.pathname = '/postgres';
    const client = new pg.Client({ connectionString: url.href });
    await client.connect();
    await client.query(`alter database ${name} allow_connections ${String(!isRefused)}`);
    await client.end();
  }
});
