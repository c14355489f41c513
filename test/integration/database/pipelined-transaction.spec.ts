import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  jest,
} from '@jest/globals';
import { Logger } from '@nestjs/common';
import { sql } from 'kysely';
import pg from 'pg';
import { isDatabaseAway, isPassingTrouble } from '../../../src/database/database-errors.js';
import { Database } from '../../../src/database/database.js';
import { openDatabase } from '../../../src/database/open-database.js';
import { Reading } from '../../../src/database/reading.js';
import { Transactions } from '../../../src/database/transactions.js';
import { type TestDatabase, createTestDatabase } from '../../support/test-database.js';

Logger.overrideLogger(false);

let testDatabase: TestDatabase;
let database: Database;
let transactions: Transactions;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase({ databaseUrl: testDatabase.url, dataDir: '', poolSize: 4 });
  transactions = new Transactions(database);
  await sql`create table account (name text primary key, balance int not null)`.execute(
    database.kysely,
  );
  await sql`create table entry (
    name text references account deferrable initially deferred)`.execute(database.kysely);
});

afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});

beforeEach(async () => {
  await sql`truncate account, entry`.execute(database.kysely);
  await sql`insert into account values ('a', 0), ('b', 0)`.execute(database.kysely);
});

afterEach(() => void jest.restoreAllMocks());

const increment = (name: string) =>
  sql`update account set balance = balance + 1 where name = ${name}`;
const incremented = (name: string) =>
  Reading.of<{ balance: number }>(
    sql`
    update account set balance = balance + 1 where name = ${name} returning balance`,
  ).map(([row]) => row?.balance);
const insert = (name: string) => sql`insert into account values (${name}, 0)`;
const broken = sql`select 1 / ${0}::int`;
const pid = Reading.of<{ pid: number }>(sql`select pg_backend_pid() as pid`).map(
  ([row]) => row?.pid ?? 0,
);

const balances = async () => {
  const { rows } = await sql<{
    balance: number;
  }>`select balance from account order by name`.execute(database.kysely);
  return rows.map(({ balance }) => balance);
};

/** No connection of the pool is inside a transaction. */
async function expectCleanPool(): Promise<void> {
  const { rows } = await sql`
    select state from pg_stat_activity
    where datname = current_database() and state like 'idle in transaction%'`.execute(
    database.kysely,
  );
  expect(rows).toEqual([]);
  expect(database.pool.idleCount).toBe(database.pool.totalCount);
}

describe('a pipelined transaction', () => {
  it('takes a round trip for what it reads and one for what it writes', async () => {
    const roundTrips = jest.spyOn(pg.Client.prototype, 'query');
    const read = await transactions.inPipeline(async (transaction) => {
      const result = await transaction.read(
        Reading.all([incremented('a'), incremented('b'), incremented('nobody')]),
      );
      return { result, writes: [increment('a'), increment('b')] };
    });
    expect(roundTrips).toHaveBeenCalledTimes(2);
    expect(read).toEqual([1, 1, undefined]);
    expect(await balances()).toEqual([2, 2]);
  });

  it('takes one when it only writes', async () => {
    const roundTrips = jest.spyOn(pg.Client.prototype, 'query');
    await transactions.inPipeline(async () => ({ result: null, writes: [increment('a')] }));
    expect(roundTrips).toHaveBeenCalledTimes(1);
    expect(await balances()).toEqual([1, 0]);
  });

  it('asks nobody for what is known', async () => {
    const known = await transactions.inPipeline(async (transaction) => ({
      result: await transaction.read(Reading.all([Reading.known('x'), incremented('a')])),
      writes: [],
    }));
    expect(known).toEqual(['x', 1]);
  });

  it('fails with the error of the statement that failed, and does not carry out what follows it', async () => {
    const work = transactions.inPipeline(async (transaction) => ({
      result: await transaction.read(
        Reading.all([incremented('a'), Reading.of(broken), incremented('b')]),
      ),
      writes: [],
    }));
    await expect(work).rejects.toMatchObject({ code: '22012' });
    expect(await balances()).toEqual([0, 0]);
    await expectCleanPool();
  });

  it('stores nothing when one of its writes fails', async () => {
    const work = transactions.inPipeline(async (transaction) => ({
      result: await transaction.read(incremented('a')),
      writes: [increment('b'), broken, increment('a')],
    }));
    await expect(work).rejects.toMatchObject({ code: '22012' });
    expect(await balances()).toEqual([0, 0]);
    await expectCleanPool();
  });

  it('stores nothing when a check fails at the commit', async () => {
    const work = transactions.inPipeline(async () => ({
      result: null,
      writes: [increment('a'), sql`insert into entry values (${'nobody'})`],
    }));
    await expect(work).rejects.toMatchObject({ code: '23503' });
    expect(await balances()).toEqual([0, 0]);
    await expectCleanPool();
  });

  it('does not take the commit of a failed transaction for a success', async () => {
    const work = transactions.inPipeline(async (transaction) => {
      await transaction.read(incremented('a'));
      await transaction.read(Reading.of(broken)).catch(() => undefined);
      return { result: 'done', writes: [] };
    });
    await expect(work).rejects.toThrow('rolled back');
    expect(await balances()).toEqual([0, 0]);
    await expectCleanPool();
  });

  it('rolls back when the work itself fails', async () => {
    const work = transactions.inPipeline(async (transaction) => {
      await transaction.read(incremented('a'));
      throw new Error('no');
    });
    await expect(work).rejects.toThrow('no');
    expect(await balances()).toEqual([0, 0]);
    await expectCleanPool();
  });

  it('sends nothing when a parameter cannot be written', async () => {
    const circular: { self?: unknown } = {};
    circular.self = circular;
    const work = transactions.inPipeline(async () => ({
      result: null,
      writes: [increment('a'), sql`select ${circular}`],
    }));
    await expect(work).rejects.toThrow('circular');
    expect(await balances()).toEqual([0, 0]);
    await expectCleanPool();
  });

  it('fails as a database that is away when its connection is killed in between, and the next has another', async () => {
    const work = transactions.inPipeline(async (transaction) => {
      const [backend] = await transaction.read(Reading.all([pid, incremented('a')]));
      await sql`select pg_terminate_backend(${backend}::int)`.execute(database.kysely);
      return { result: null, writes: [increment('a')] };
    });
    expect(isDatabaseAway(await work.catch((error: unknown) => error))).toBe(true);
    expect(await balances()).toEqual([0, 0]);
    await transactions.inPipeline(async () => ({ result: null, writes: [increment('a')] }));
    expect(await balances()).toEqual([1, 0]);
    await expectCleanPool();
  });
});

it('a round trip has the time limit of a query, and the connection that passed it is closed', async () => {
  const pool = new pg.Pool({ connectionString: testDatabase.url, max: 1, query_timeout: 300 });
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const limited = new Transactions(new Database(database.server, pool));
  const work = limited.inPipeline(async (transaction) => {
    await transaction.read(incremented('a'));
    return { result: null, writes: [sql`select pg_sleep(${1}::int)`, increment('b')] };
  });
  expect(isDatabaseAway(await work.catch((error: unknown) => error))).toBe(true);
  expect(pool.totalCount).toBe(0);
  await limited.inPipeline(async () => ({ result: null, writes: [increment('b')] }));
  await pool.end();
  expect(await balances()).toEqual([0, 1]);
});

describe('a pipelined transaction that lost against another', () => {
  it('is run again after a deadlock', async () => {
    let runs = 0;
    let waiting: (() => void)[] = [];
    const bothHoldOne = (): Promise<void> =>
      new Promise((resolve) => {
        waiting.push(resolve);
        if (waiting.length < 2) return;
        waiting.forEach((release) => release());
        waiting = [];
      });
    const transfer = (first: string, second: string) => {
      let isFirstRun = true;
      return transactions.inPipeline(async (transaction) => {
        runs += 1;
        await transaction.read(incremented(first));
        if (isFirstRun) await bothHoldOne();
        isFirstRun = false;
        return { result: null, writes: [increment(second)] };
      });
    };
    await Promise.all([transfer('a', 'b'), transfer('b', 'a')]);
    expect(runs).toBe(3);
    expect(await balances()).toEqual([2, 2]);
  });

  const racing = (racedKeys: readonly string[], everyTime: boolean) => {
    let runs = 0;
    return transactions.inPipeline(
      async (transaction) => {
        runs += 1;
        const isThere = await transaction.read(
          Reading.of(sql`select 1 from account where name = ${'c'}`).map((rows) => rows.length > 0),
        );
        if (runs === 1) await insert('c').execute(database.kysely);
        const isInserted = everyTime || !isThere;
        return {
          result: runs,
          writes: [increment('a'), isInserted ? insert('c') : increment('c')],
        };
      },
      { racedKeys },
    );
  };

  it('is run again when somebody else has stored the row first', async () => {
    expect(await racing(['account_pkey'], false)).toBe(2);
    expect(await balances()).toEqual([1, 0, 1]);
  });

  it('gives up as trouble that passes, not as the fault of the data', async () => {
    const error = await racing(['account_pkey'], true).catch((thrown: unknown) => thrown);
    expect(isPassingTrouble(error)).toBe(true);
    expect(await balances()).toEqual([0, 0, 0]);
    await expectCleanPool();
  });

  it('is not run again for a key that nobody said is raced', async () => {
    await expect(racing(['entry_pkey'], false)).rejects.toMatchObject({ code: '23505' });
    expect(await balances()).toEqual([0, 0, 0]);
  });
});

describe('prepared statements', () => {
  const preparedNow = () =>
    Reading.of<{ name: string }>(sql`select name from pg_prepared_statements`).map((rows) =>
      rows.map(({ name }) => name),
    );
  const run = (writes = [increment('a')]) =>
    transactions.inPipeline(async (transaction) => ({
      result: await transaction.read(preparedNow()),
      writes,
    }));

  it('are parsed once per connection, and named after their text', async () => {
    await run();
    const once = await run();
    const twice = await run();
    expect(once).toEqual(
      expect.arrayContaining([expect.stringMatching(/^growthgate_[0-9a-f]{16}$/)]),
    );
    expect([...twice].sort()).toEqual([...once].sort());
    expect(await balances()).toEqual([3, 0]);
  });

  it('work on a connection of which a batch failed half-way', async () => {
    await expect(run([increment('b'), broken])).rejects.toMatchObject({ code: '22012' });
    await run([increment('b'), increment('a')]);
    expect(await balances()).toEqual([1, 1]);
  });

  it('that a migration has made stale, or a pooler has lost, are sent unprepared', async () => {
    const everything = () =>
      transactions.inPipeline(async (transaction) => ({
        result: await transaction.read(Reading.of(sql`select * from account where name = 'a'`)),
        writes: [increment('a')],
      }));
    await everything();
    await sql`alter table account add column note text`.execute(database.kysely);
    expect(await everything()).toEqual([{ name: 'a', balance: 1, note: null }]);
    await sql`deallocate all`.execute(database.kysely);
    await everything();
    await sql`alter table account drop column note`.execute(database.kysely);
    expect(await balances()).toEqual([3, 0]);
  });
});

describe('what is asked over and over', () => {
  const both = () => database.ask(Reading.all([incremented('a'), incremented('b')]));

  it('takes one round trip, and sees what the statement before it has written', async () => {
    const roundTrips = jest.spyOn(pg.Client.prototype, 'query');
    expect(await database.ask(Reading.all([incremented('a'), incremented('a')]))).toEqual([1, 2]);
    expect(roundTrips).toHaveBeenCalledTimes(1);
    expect(await balances()).toEqual([2, 0]);
  });

  it('keeps nothing when one of its statements fails, and its connection is of use again', async () => {
    const asked = database.ask(Reading.all([incremented('a'), Reading.of(broken)]));
    await expect(asked).rejects.toMatchObject({ code: '22012' });
    expect(await balances()).toEqual([0, 0]);
    await expectCleanPool();
    expect(await both()).toEqual([1, 1]);
  });

  it('is sent unprepared when a migration has made it stale, or a pooler has lost it', async () => {
    const account = () =>
      database.ask(Reading.of<object>(sql`select * from account where name = 'a'`));
    await account();
    await sql`alter table account add column note text`.execute(database.kysely);
    expect(await account()).toEqual([{ name: 'a', balance: 0, note: null }]);
    await sql`deallocate all`.execute(database.kysely);
    expect(await account()).toEqual([{ name: 'a', balance: 0, note: null }]);
    await sql`alter table account drop column note`.execute(database.kysely);
  });
});
