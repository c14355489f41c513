import type { Kysely } from 'kysely';
import type { DatabaseTables } from './database.types.js';
import type { Statement } from './reading.js';

/** Carries the statement out and says how many rows it wrote. */
export async function affectedRows(
  executor: Kysely<DatabaseTables>,
  statement: Statement,
): Promise<number> {
  const { numAffectedRows = 0n } = await statement.execute(executor);
  return Number(numAffectedRows);
}
