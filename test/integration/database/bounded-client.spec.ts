import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import type { TimeLimited } from '../../../src/database/bounded-client.js';
import { createPool } from '../../../src/database/connection-pool.js';
import { Database } from '../../../src/database/database.js';
import { isDatabaseAway } from '../../../src/database/database-errors.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';
import { SilentProxy } from '../../support/silent-proxy.js';

const SLOW: { text: string } & TimeLimited = { text: 'select pg_sleep(60)', timeLimitMs: 50 };

describe('a connection whose answer is overdue', () => {
  let testDatabase: TestDatabase;
  let proxy: SilentProxy;
  let database: Database;

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    proxy = await SilentProxy.start(testDatabase.url);
    const server = { url: proxy.url, place: '', isEmbedded: false, stop: () => Promise.resolve() };
    database = new Database(
      server,
      createPool(proxy.url, 2, () => undefined),
    );
  });

  afterAll(async () => {
    proxy.recover();
    await database.close();
    proxy.close();
    await testDatabase.drop();
  });

  const failureOf = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => 'no failure',
      (error: unknown) => error,
    );

  it('fails what waits on it as "the database is away", and the pool takes another', async () => {
    const failure = await failureOf(database.pool.query(SLOW));
    expect(String(failure)).toContain('Query read timeout');
    expect(isDatabaseAway(failure)).toBe(true);
    expect((await database.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });

  it('does not hang in the rollback of its transaction', async () => {
    const failure = await failureOf(
      database.kysely.transaction().execute(async (trx) => {
        await sql`select 1`.execute(trx);
        const client = await database.pool.connect();
        client.release();
        proxy.goSilent();
        // Nothing answers from here on: neither this, nor the rollback that follows it.
        await Promise.race([sql`select 2`.execute(trx), failureOf(database.pool.query(SLOW))]);
        throw new Error('the work failed');
      }),
    );
    expect(failure).toBeInstanceOf(Error);
    proxy.recover();
    expect((await database.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });
});
