import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  Injectable,
  Logger,
  Module,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { sql } from 'kysely';
import pg from 'pg';
import { isDatabaseAway } from '../../../src/database/database-errors.js';
import { DatabaseModule } from '../../../src/database/database.module.js';
import { Database } from '../../../src/database/database.js';
import { openDatabase } from '../../../src/database/open-database.js';
import {
  type TestDatabase,
  createEmptyTestDatabase,
  createTestDatabase,
} from '../../support/test-database.js';
import { until } from '../../support/until.js';

Logger.overrideLogger(false);

let testDatabase: TestDatabase;

describe('the database module', () => {
  const steps: string[] = [];

  @Injectable()
  class Writer implements OnModuleInit, OnApplicationShutdown {
    constructor(private readonly database: Database) {}

    async onModuleInit(): Promise<void> {
      await this.write('init');
    }

    async onApplicationShutdown(): Promise<void> {
      await this.write('shutdown');
    }

    private async write(step: string): Promise<void> {
      await this.database.kysely.selectFrom('lead').select('contact_id').execute();
      steps.push(step);
    }
  }

  @Module({ providers: [Writer] })
  class WriterModule {}

  const runApplication = async (databaseModule: ReturnType<typeof DatabaseModule.forRoot>) => {
    steps.length = 0;
    const application = await Test.createTestingModule({
      imports: [WriterModule, databaseModule],
    }).compile();
    await application.init();
    const database = application.get(Database);
    await application.close();
    return database;
  };

  it('is migrated before others start, and is there until the last of them has shut down', async () => {
    testDatabase = await createEmptyTestDatabase();
    const options = { databaseUrl: testDatabase.url, dataDir: '', poolSize: 2 };
    const database = await runApplication(DatabaseModule.forRoot(options));
    expect(steps).toEqual(['init', 'shutdown']);
    const query = database.kysely.selectFrom('lead').select('contact_id').execute();
    expect(isDatabaseAway(await query.catch((error: unknown) => error))).toBe(true);
    await testDatabase.drop();
  });

  it('runs the built-in server when no URL is given, and stops it', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'growthgate-module-'));
    chmodSync(dataDir, 0o755);
    const database = await runApplication(DatabaseModule.forRoot({ dataDir, poolSize: 2 }));
    expect(steps).toEqual(['init', 'shutdown']);
    expect(database.server.isEmbedded).toBe(true);
    const client = new pg.Client({ connectionString: database.server.url });
    const refusal: unknown = await client.connect().catch((error: unknown) => error);
    expect(isDatabaseAway(refusal)).toBe(true);
    rmSync(dataDir, { recursive: true, force: true });
  });
});

describe('the open database', () => {
  let database: Database;

  beforeEach(async () => {
    testDatabase = await createTestDatabase();
    database = await openDatabase({ databaseUrl: testDatabase.url, dataDir: '', poolSize: 2 });
  });

  afterEach(async () => {
    await database.close();
    await testDatabase.drop();
  });

  it('reads big integers as numbers and moments as dates', async () => {
    const result = await sql`select count(*) as count, '9007199254740991'::int8 as large,
      '2026-01-02T03:04:05.678Z'::timestamptz as moment, null::int8 as nothing`.execute(
      database.kysely,
    );
    expect(result.rows).toEqual([
      {
        count: 1,
        large: 9_007_199_254_740_991,
        moment: new Date('2026-01-02T03:04:05.678Z'),
        nothing: null,
      },
    ]);
  });

  it('outlives its idle connections and takes new ones', async () => {
    await sql`select 1`.execute(database.kysely);
    await endConnections();
    // A query in the moment before the pool hears of it would fail like one in a transaction.
    await until(() => database.pool.totalCount === 0);
    await expect(sql`select 1`.execute(database.kysely)).resolves.toBeDefined();
  });

  it('outlives a connection that ends within a transaction, and says that it was away', async () => {
    const failure: unknown = await database.kysely
      .transaction()
      .execute(async (transaction) => {
        await sql`select 1`.execute(transaction);
        await endConnections();
        await sql`select 1`.execute(transaction);
      })
      .catch((error: unknown) => error);
    expect(isDatabaseAway(failure)).toBe(true);
    await expect(sql`select 1`.execute(database.kysely)).resolves.toBeDefined();
  });

  it('says that it was away when no connection is free in time', async () => {
    const holders = await Promise.all([database.pool.connect(), database.pool.connect()]);
    const failure: unknown = await sql`select 1`
      .execute(database.kysely)
      .catch((error: unknown) => error);
    holders.forEach((holder) => holder.release());
    expect(isDatabaseAway(failure)).toBe(true);
  });

  async function endConnections(): Promise<void> {
    const client = new pg.Client({ connectionString: testDatabase.url });
    await client.connect();
    await client.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    await client.end();
  }
});

describe('a DATABASE_URL that cannot be used', () => {
  it('is refused with a sentence that names the place and hides the password', async () => {
    const url = new URL((await createEmptyTestDatabase()).url);
    url.username = 'intruder';
    url.password = 'very-secret';
    const failure: unknown = await openDatabase({
      databaseUrl: url.href,
      dataDir: '',
      poolSize: 1,
    }).catch((error: unknown) => error);
    expect(String(failure)).toContain(
      `The database of DATABASE_URL (${url.host}${url.pathname}) cannot be used: `,
    );
    expect(String(failure)).not.toContain('very-secret');
  });

  it('is waited for, but not for ever, when nobody listens', async () => {
    const databaseUrl = 'postgres://user:very-secret@127.0.0.1:1/growthgate';
    const options = { databaseUrl, dataDir: '', poolSize: 1 };
    await expect(openDatabase(options, 300)).rejects.toThrow(
      'The database of DATABASE_URL (127.0.0.1:1/growthgate) cannot be used: connect ECONNREFUSED',
    );
  });
});
