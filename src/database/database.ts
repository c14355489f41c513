import { setTimeout as delay } from 'node:timers/promises';
import type { OnApplicationShutdown } from '@nestjs/common';
import { Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';
import type { TimeLimited } from './bounded-client.js';
import { isStaleStatement } from './database-errors.js';
import type { DatabaseTables } from './database.types.js';
import { PipelinedTransaction } from './pipelined-transaction.js';
import type { Reading } from './reading.js';

/** What the database runs on: the operator's server, or the built-in one. */
export interface DatabaseServer {
  /** Holds the password: never to be logged. */
  readonly url: string;
  /** For the operator: the data folder of the built-in server, or host and database of a server. */
  readonly place: string;
  readonly isEmbedded: boolean;
  stop(): Promise<void>;
}

/** A transaction that still runs at shutdown gets this long; the whole process has ten seconds. */
const CLOSE_TIMEOUT_MS = 3_000;

/** The open database, migrated and ready. Repositories and read models query `kysely`. */
export class Database implements OnApplicationShutdown {
  readonly kysely: Kysely<DatabaseTables>;
  private closing: Promise<void> | undefined;

  constructor(
    readonly server: DatabaseServer,
    readonly pool: pg.Pool,
  ) {
    this.kysely = new Kysely<DatabaseTables>({ dialect: new PostgresDialect({ pool }) });
  }

  /**
   * Asks whether it answers. A connection that does not do so within this time ends: it would serve
   * nobody else either.
   */
  async ping(timeLimitMs: number): Promise<void> {
    const question: pg.QueryConfig & TimeLimited = { text: 'select 1', timeLimitMs };
    await this.pool.query(question);
  }

  /**
   * Sends all statements of a reading in one round trip, parsed once per connection: for what is asked
   * over and over. All or none of what they write is kept; each sees what was committed before it.
   */
  async ask<Value>(reading: Reading<Value>): Promise<Value> {
    try {
      return await PipelinedTransaction.runAtOnce(this, reading, true);
    } catch (error) {
      if (!isStaleStatement(error)) throw error;
      return PipelinedTransaction.runAtOnce(this, reading, false);
    }
  }

  /** The module is global, hence the last to be shut down: others may still write until then. */
  async onApplicationShutdown(): Promise<void> {
    await this.close();
  }

  /** Waits, within reason, for connections in use; safe to call twice. */
  close(): Promise<void> {
    this.closing ??= this.closeOnce();
    return this.closing;
  }

  private async closeOnce(): Promise<void> {
    await Promise.race([this.kysely.destroy(), delay(CLOSE_TIMEOUT_MS, undefined, { ref: false })]);
    await this.server.stop();
  }
}
