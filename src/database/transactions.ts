import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { Transaction } from 'kysely';
import { isTransactionConflict } from './database-errors.js';
import type { DatabaseTables } from './database.types.js';
import { Database } from './database.js';

export type DatabaseTransaction = Transaction<DatabaseTables>;

const MAX_ATTEMPTS = 5;
const BASE_DELAY_MS = 10;

/** The unit of work: everything a use case changes commits together or not at all. */
@Injectable()
export class Transactions {
  constructor(private readonly database: Database) {}

  /**
   * Runs `work` again, from its beginning, when it lost against a concurrent transaction: it must
   * have no effect outside the transaction. Any other error rolls back and is passed on.
   */
  async inTransaction<Result>(
    work: (transaction: DatabaseTransaction) => Promise<Result>,
  ): Promise<Result> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.database.kysely.transaction().execute(work);
      } catch (error) {
        if (!isTransactionConflict(error) || attempt === MAX_ATTEMPTS) throw error;
        await delay(retryDelayMs(attempt, Math.random()));
      }
    }
  }
}

/** Exponential with full jitter, so that two that collided once do not meet again. */
export function retryDelayMs(attempt: number, random: number): number {
  return random * BASE_DELAY_MS * 2 ** attempt;
}
