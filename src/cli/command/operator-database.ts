import type { Database } from '../../database/database.js';
import { openDatabase } from '../../database/open-database.js';
import { findRunningDatabaseUrl } from './running-database.js';
import type { OperatorEnvironment } from './operator-environment.js';

export type DatabasePlace = Pick<OperatorEnvironment, 'dataDir' | 'databaseUrl'>;

/**
 * Works on the database that the server uses. A running server holds its data folder, so its
 * PostgreSQL is joined; where none runs, it is started for this one piece of work.
 */
export async function withOperatorDatabase<T>(
  { dataDir, databaseUrl }: DatabasePlace,
  work: (database: Database) => Promise<T>,
): Promise<T> {
  const url = databaseUrl ?? findRunningDatabaseUrl(dataDir);
  const database = await openDatabase({
    dataDir,
    poolSize: 1,
    ...(url === undefined ? {} : { databaseUrl: url }),
  });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}
