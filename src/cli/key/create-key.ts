import type { Database } from '../../database/database.js';
import { createApiKey, type Scope } from '../../http/api-keys/api-key.js';
import { ApiKeyRepository } from '../../http/api-keys/api-key.repository.js';
import { withOperatorDatabase, type DatabasePlace } from '../command/operator-database.js';

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

/** Makes a key in the database that the server uses. */
export function createKey(order: KeyOrder, place: DatabasePlace, now: Date): Promise<CreatedKey> {
  return withOperatorDatabase(place, async (database) => ({
    ...(await storeKey(order, database, now)),
    place: place.databaseUrl === undefined ? place.dataDir : database.server.place,
  }));
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
