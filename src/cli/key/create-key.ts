import type { Database } from '../../database/database.js';
import { openDatabase } from '../../database/open-database.js';
import { createApiKey, type Scope } from '../../http/api-keys/api-key.js';
import { ApiKeyRepository } from '../../http/api-keys/api-key.repository.js';
import type { OperatorEnvironment } from '../command/operator-environment.js';
import { findRunningDatabaseUrl } from './running-database.js';

export interface KeyOrder {
  readonly scopes: readonly Scope[];
  readonly label: string;
}

export interface CreatedKey extends KeyOrder {
  /** The whole key: kept nowhere, shown once. */
  readonly text: string;
  readonly keyId: string;
  /** The database that it is valid in: the data folder of the built-in one, or host and name. */
  readonly place: string;
}

type DatabasePlace = Pick<OperatorEnvironment, 'dataDir' | 'databaseUrl'>;

/**
 * Makes a key in the database that the server uses. A running server holds its data folder, so its
 * PostgreSQL is joined; where none runs, it is started for this one insert.
 */
export async function createKey(
  order: KeyOrder,
  { dataDir, databaseUrl }: DatabasePlace,
  now: Date,
): Promise<CreatedKey> {
  const url = databaseUrl ?? findRunningDatabaseUrl(dataDir);
  const database = await openDatabase({
    dataDir,
    poolSize: 1,
    ...(url === undefined ? {} : { databaseUrl: url }),
  });
  try {
    const key = await storeKey(order, database, now);
    return { ...key, place: databaseUrl === undefined ? dataDir : database.server.place };
  } finally {
    await database.close();
  }
}

async function storeKey(
  order: KeyOrder,
  database: Database,
  now: Date,
): Promise<Omit<CreatedKey, 'place'>> {
  const key = createApiKey();
  await new ApiKeyRepository(database).store(key, order.label, order.scopes, now);
  return { ...order, text: key.text, keyId: key.keyId };
}
