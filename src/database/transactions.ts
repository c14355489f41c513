import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { Transaction } from 'kysely';
import pg from 'pg';
import { isStaleStatement, isTransactionConflict } from './database-errors.js';
import type { DatabaseTables } from './database.types.js';
import { Database } from './database.js';
import { PipelinedTransaction, type PipelinedOutcome } from './pipelined-transaction.js';

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
    return untilWon(() => this.database.kysely.transaction().execute(work));
  }

  /**
   * The same in a round trip for each thing that `work` reads, and one for all that it writes; it does
   * not learn what its writes came to.
   */
  async inPipeline<Result>(
    work: (transaction: PipelinedTransaction) => Promise<PipelinedOutcome<Result>>,
    { racedKeys = [] }: PipelineOptions = {},
  ): Promise<Result> {
    return untilWon(async (attempt) => {
      // What is prepared may be gone, or stale after a migration: whatever failed is sent unprepared.
      const isPrepared = attempt === 1;
      try {
        return await PipelinedTransaction.run(this.database, work, isPrepared);
      } catch (error) {
        const isLost = isRaced(error, racedKeys) || (isPrepared && isStaleStatement(error));
        throw isLost ? new LostRaceError(error) : error;
      }
    });
  }
}

export interface PipelineOptions {
  /** Unique keys whose violation says that a concurrent transaction has stored the row first. */
  readonly racedKeys?: readonly string[];
}

const UNIQUE_VIOLATION = '23505';

/** A conflict like any other: run again, the transaction sees what was stored meanwhile. */
class LostRaceError extends Error {
  readonly code = '40001';

  constructor(cause: unknown) {
    super('A concurrent transaction was first', { cause });
    this.name = 'LostRaceError';
  }
}

function isRaced(error: unknown, racedKeys: readonly string[]): boolean {
  if (!(error instanceof pg.DatabaseError) || error.code !== UNIQUE_VIOLATION) return false;
  return racedKeys.includes(error.constraint ?? '');
}

async function untilWon<Result>(run: (attempt: number) => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run(attempt);
    } catch (error) {
      if (!isTransactionConflict(error) || attempt === MAX_ATTEMPTS) throw error;
      await delay(retryDelayMs(attempt, Math.random()));
    }
  }
}

/** Exponential with full jitter, so that two that collided once do not meet again. */
export function retryDelayMs(attempt: number, random: number): number {
  return random * BASE_DELAY_MS * 2 ** attempt;
}
