import type { Kysely } from 'kysely';
import { createPool } from '../../../src/database/connection-pool.js';
import { Database } from '../../../src/database/database.js';
import type { DatabaseTables } from '../../../src/database/database.types.js';
import { execute } from '../../../src/database/reading.js';
import { Transactions, type DatabaseTransaction } from '../../../src/database/transactions.js';
import type { NewHandoff } from '../../../src/handoffs/handoff.js';
import { HandoffRepository } from '../../../src/handoffs/handoff.repository.js';
import { sampleHandoff } from '../../../src/handoffs/testing/sample-handoffs.js';
import { createTestDatabase } from '../../support/test-database.js';

/** A database of one's own, with what the specs of handoffs do to it over and over. */
export interface HandoffDatabase {
  readonly database: Database;
  readonly kysely: Kysely<DatabaseTables>;
  readonly transactions: Transactions;
  readonly handoffs: HandoffRepository;
  inTransaction<T>(work: (trx: DatabaseTransaction) => Promise<T>): Promise<T>;
  /** Opens a handoff of this contact; with a number of its own unless one is given. */
  open(contactId: string, changes?: Partial<NewHandoff>): Promise<number>;
  clear(): Promise<void>;
  drop(): Promise<void>;
}

export async function createHandoffDatabase(): Promise<HandoffDatabase> {
  const testDatabase = await createTestDatabase();
  const pool = createPool(testDatabase.url, 8, () => undefined);
  const server = {
    url: testDatabase.url,
    place: 'test',
    isEmbedded: false,
    stop: () => Promise.resolve(),
  };
  const database = new Database(server, pool);
  const transactions = new Transactions(database);
  const handoffs = new HandoffRepository();
  return {
    database,
    kysely: database.kysely,
    transactions,
    handoffs,
    inTransaction: (work) => transactions.inTransaction(work),
    open: (contactId, changes = {}) =>
      transactions.inTransaction(async (trx) => {
        const [handoffId = 0] = await handoffs.reserveIds(1).on(trx);
        await execute(trx, handoffs.open([sampleHandoff({ handoffId, contactId, ...changes })]));
        return changes.handoffId ?? handoffId;
      }),
    clear: async () => {
      for (const table of [
        'handoff',
        'lead_milestone',
        'effect',
        'finished_effect',
        'lane',
        'growth_counter',
      ] as const)
        await database.kysely.deleteFrom(table).execute();
    },
    drop: async () => {
      await database.close();
      await testDatabase.drop();
    },
  };
}
