import pg from 'pg';
import { BoundedClient } from './bounded-client.js';

/** How long a request may wait for a connection before the database counts as away. */
const CONNECT_TIMEOUT_MS = 3_000;
/** For a start, which on a busy machine had better be slow than fail. */
export const PATIENT_CONNECT_TIMEOUT_MS = 60_000;
/** No statement of a request is this slow unless something is stuck. */
const STATEMENT_TIMEOUT_MS = 15_000;
/** The same seen from here: a server that cannot even say that it was too slow is not there. */
const SILENCE_TIMEOUT_MS = STATEMENT_TIMEOUT_MS + 1_000;
/** LISTEN and the question whether the connection still stands are answered at once. */
const LISTENER_SILENCE_TIMEOUT_MS = 5_000;
/** A transaction whose process hangs, or was cut off, must not hold a lead's lock for long. */
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 10_000;

const APPLICATION_NAME = 'growthgate';
const INT8_OID = 20;

/** Ids and counts fit a double exactly (2^53); everything else is read as pg reads it. */
const typesWithNumbers: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    oid === INT8_OID && format !== 'binary' ? Number : pg.types.getTypeParser(oid, format),
};

export function createPool(
  url: string,
  size: number,
  onConnectionLost: (error: Error) => void,
): pg.Pool {
  const idle = new Set<pg.PoolClient>();
  // What was cut off with one connection was cut off with the others: better a new one than the wait.
  const dropIdle = (): void => {
    for (const client of idle) {
      if (client instanceof BoundedClient) client.cutOff(new Error('Connection terminated'));
    }
  };
  const pool = new pg.Pool({
    // pg's pool makes its connections by this.
    Client: class extends BoundedClient {
      constructor(config: pg.ClientConfig = {}) {
        super(config, SILENCE_TIMEOUT_MS, dropIdle);
      }
    },
    connectionString: url,
    max: size,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
    application_name: APPLICATION_NAME,
    keepAlive: true,
    types: typesWithNumbers,
  });
  // An unheard 'error' event ends the process. The pool speaks for its idle connections only: one
  // that breaks while a transaction holds it needs an ear of its own.
  pool.on('error', onConnectionLost);
  pool.on('connect', (client) => client.on('error', () => undefined));
  pool.on('acquire', (client) => void idle.delete(client));
  pool.on('remove', (client) => void idle.delete(client));
  pool.on('release', (_error, client) => void idle.add(client));
  return pool;
}

/** For work that is not a request: a migration may rewrite a table and take its time. */
export function createPatientPool(url: string, size: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    connectionTimeoutMillis: PATIENT_CONNECT_TIMEOUT_MS,
    application_name: `${APPLICATION_NAME} migrations`,
    types: typesWithNumbers,
  });
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** A connection outside the pool that stays open, for LISTEN. */
export function createListeningClient(url: string): BoundedClient {
  return new BoundedClient(
    {
      connectionString: url,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      application_name: `${APPLICATION_NAME} listener`,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
    },
    LISTENER_SILENCE_TIMEOUT_MS,
  );
}
