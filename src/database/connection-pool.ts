import pg from 'pg';

/** How long a request may wait for a connection before the database counts as away. */
const CONNECT_TIMEOUT_MS = 3_000;
/** For a start, which on a busy machine had better be slow than fail. */
export const PATIENT_CONNECT_TIMEOUT_MS = 60_000;
/** No statement of a request is this slow unless something is stuck. */
const STATEMENT_TIMEOUT_MS = 15_000;
/** A transaction whose process hangs must not hold a lead's lock for long. */
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 30_000;

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
  const pool = new pg.Pool({
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
export function createListeningClient(url: string): pg.Client {
  return new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: `${APPLICATION_NAME} listener`,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  });
}
