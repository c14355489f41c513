import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { sql } from 'kysely';
import type { Database } from '../../../src/database/database.js';
import { openDatabase } from '../../../src/database/open-database.js';
import { type DatabaseTransaction, Transactions } from '../../../src/database/transactions.js';
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
});

afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});

beforeEach(async () => {
  await sql`truncate account`.execute(database.kysely);
  await sql`insert into account values ('a', 0), ('b', 0)`.execute(database.kysely);
});

const increment = (transaction: DatabaseTransaction, name: string) =>
  sql`update account set balance = balance + 1 where name = ${name}`.execute(transaction);

const balances = async () => {
  const { rows } = await sql<{
    balance: number;
  }>`select balance from account order by name`.execute(database.kysely);
  return rows.map(({ balance }) => balance);
};

describe('a transaction', () => {
  it('commits what it did and returns the result', async () => {
    const result = await transactions.inTransaction(async (transaction) => {
      await increment(transaction, 'a');
      return 'done';
    });
    expect(result).toBe('done');
    expect(await balances()).toEqual([1, 0]);
  });

  it('leaves nothing behind when it fails, and is not run again', async () => {
    let runs = 0;
    const work = transactions.inTransaction(async (transaction) => {
      runs += 1;
      await increment(transaction, 'a');
      throw new Error('no');
    });
    await expect(work).rejects.toThrow('no');
    expect(runs).toBe(1);
    expect(await balances()).toEqual([0, 0]);
  });

  it('is run again when it was the victim of a deadlock', async () => {
    let runs = 0;
    let waiting: (() => void)[] = [];
    /** Both hold their first lock before either asks for its second: a certain deadlock, once. */
    const bothHoldOne = (): Promise<void> =>
      new Promise((resolve) => {
        waiting.push(resolve);
        if (waiting.length < 2) return;
        waiting.forEach((release) => release());
        waiting = [];
      });
    const transfer = (first: string, second: string) => {
      let isFirstRun = true;
      return transactions.inTransaction(async (transaction) => {
        runs += 1;
        await increment(transaction, first);
        if (isFirstRun) await bothHoldOne();
        isFirstRun = false;
        await increment(transaction, second);
      });
    };
    await Promise.all([transfer('a', 'b'), transfer('b', 'a')]);
    expect(await balances()).toEqual([2, 2]);
    expect(runs).toBe(3);
  });

  it('gives up after five conflicts and passes the conflict on', async () => {
    let runs = 0;
    const work = transactions.inTransaction(async (transaction) => {
      runs += 1;
      await sql`do $$ begin raise exception 'lost' using errcode = '40001'; end $$`.execute(
        transaction,
      );
    });
    await expect(work).rejects.toMatchObject({ code: '40001' });
    expect(runs).toBe(5);
  });
});
