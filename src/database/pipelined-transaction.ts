import type { Kysely } from 'kysely';
import type pg from 'pg';
import { isDatabaseAway } from './database-errors.js';
import type { DatabaseTables } from './database.types.js';
import type { Reading, Statement } from './reading.js';
import { forgetPrepared, sendTogether, type StatementResult } from './statement-batch.js';

const BEGIN = { sql: 'begin', parameters: [] };
const COMMIT = { sql: 'commit', parameters: [] };

interface Connections {
  readonly pool: pg.Pool;
  readonly kysely: Kysely<DatabaseTables>;
}

/** What a use case comes to, and the statements that store it. */
export interface PipelinedOutcome<Result> {
  readonly result: Result;
  /** Sent together with the commit. */
  readonly writes: readonly Statement[];
}

/** A transaction in as many round trips as it has questions, and one for all that it writes. */
export class PipelinedTransaction {
  private isBegun = false;

  private constructor(
    private readonly client: pg.ClientBase,
    private readonly compiler: Kysely<DatabaseTables>,
    private readonly isPrepared: boolean,
  ) {}

  /** Either all of it is committed or none. */
  static async run<Result>(
    { pool, kysely }: Connections,
    work: (transaction: PipelinedTransaction) => Promise<PipelinedOutcome<Result>>,
    isPrepared: boolean,
  ): Promise<Result> {
    return onConnection(pool, async (client) => {
      const transaction = new PipelinedTransaction(client, kysely, isPrepared);
      const { result, writes } = await work(transaction);
      await transaction.commit(writes);
      return result;
    });
  }

  /** Sends all statements of a reading, and nothing else: all or none of what they write is kept. */
  static async runAtOnce<Value>(
    { pool, kysely }: Connections,
    reading: Reading<Value>,
    isPrepared: boolean,
  ): Promise<Value> {
    const compiled = reading.statements.map((statement) => statement.compile(kysely));
    const results = await onConnection(pool, (client) =>
      sendTogether(client, compiled, isPrepared),
    );
    return reading.read(results.map(({ rows }) => rows));
  }

  /** Sends all statements of a reading at once: one round trip. */
  async read<Value>(reading: Reading<Value>): Promise<Value> {
    if (reading.statements.length === 0) return reading.read([]);
    const results = await this.send(reading.statements);
    return reading.read(results.map(({ rows }) => rows));
  }

  private async commit(writes: readonly Statement[]): Promise<void> {
    const results = await this.send(writes, [COMMIT]);
    // PostgreSQL answers the commit of a failed transaction with ROLLBACK, and calls it a success.
    if (results.at(-1)?.command !== 'COMMIT') throw new Error('The transaction was rolled back');
  }

  private async send(
    statements: readonly Statement[],
    last: readonly (typeof COMMIT)[] = [],
  ): Promise<readonly StatementResult[]> {
    const first = this.isBegun ? [] : [BEGIN];
    this.isBegun = true;
    const compiled = statements.map((statement) => statement.compile(this.compiler));
    const all = [...first, ...compiled, ...last];
    const results = await sendTogether(this.client, all, this.isPrepared);
    return results.slice(first.length);
  }
}

/** Afterwards the connection is clean, or closed. */
async function onConnection<Result>(
  pool: pg.Pool,
  work: (client: pg.ClientBase) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  try {
    const result = await work(client);
    client.release();
    return result;
  } catch (error) {
    client.release(!(await isRolledBack(client, error)));
    throw error;
  }
}

/** A connection that does not answer is not asked again: it ends, and the transaction with it. */
async function isRolledBack(client: pg.ClientBase, error: unknown): Promise<boolean> {
  forgetPrepared(client);
  if (isDatabaseAway(error)) return false;
  try {
    await client.query('rollback');
    return true;
  } catch {
    return false;
  }
}
