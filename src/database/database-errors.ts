import { codeOf } from './error-code.js';

/**
 * Two questions about a failed statement, answered from PostgreSQL's SQLSTATE and Node's socket
 * codes: is it the database that is away (wait and try later), or would the same statement fail
 * again (the data is at fault)?
 */
const SOCKET_CODES: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ENOTCONN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOENT',
  'EADDRNOTAVAIL',
  'ERR_SOCKET_CLOSED',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_WRITE_AFTER_END',
]);

/**
 * Whole classes: connection exceptions, refused logins, insufficient resources (disk, memory, slots),
 * errors of the system below (files, memory that went with a killed server).
 */
const AWAY_CLASSES: ReadonlySet<string> = new Set(['08', '28', '53', '58']);

const AWAY_STATES: ReadonlySet<string> = new Set([
  '57P01', // admin_shutdown
  '57P02', // crash_shutdown
  '57P03', // cannot_connect_now: starting up, in recovery
  '57P04', // database_dropped
  '57P05', // idle_session_timeout
  '57014', // query_canceled: our statement timeout
  '25P03', // idle_in_transaction_session_timeout
  '25006', // read_only_sql_transaction: a standby after a failover
  '3D000', // invalid_catalog_name: the database does not exist (yet)
]);

/** Errors of pg and kysely that carry no code. */
const AWAY_MESSAGE =
  /^(Connection terminated|timeout exceeded when trying to connect|timeout expired|Query read timeout|Received unexpected|Client has encountered a connection error|Client was closed|Cannot use a pool after calling end|driver has already been destroyed|The server does not support SSL|There was an error establishing an SSL connection)/;

const CONFLICT_STATES: ReadonlySet<string> = new Set(['40001', '40P01']);

/** True when nothing is known against the data: answer "try again later" and lose nothing. */
export function isDatabaseAway(error: unknown): boolean {
  return listCauses(error).some(isAwayItself);
}

/** Serialization failure or deadlock: the same transaction may well succeed when run again. */
export function isTransactionConflict(error: unknown): boolean {
  return listCauses(error).some((cause) => CONFLICT_STATES.has(codeOf(cause)));
}

/** invalid_sql_statement_name; feature_not_supported: "cached plan must not change result type". */
const STALE_STATES: ReadonlySet<string> = new Set(['26000', '0A000']);

/** What was prepared is gone, or stale after a migration: the same statement unprepared will do. */
export function isStaleStatement(error: unknown): boolean {
  return STALE_STATES.has(codeOf(error));
}

/** Nobody's fault: the same work may well succeed in a moment. */
export function isPassingTrouble(error: unknown): boolean {
  return isDatabaseAway(error) || isTransactionConflict(error);
}

function isAwayItself(error: object): boolean {
  const code = codeOf(error);
  if (isSqlState(code)) return AWAY_STATES.has(code) || AWAY_CLASSES.has(code.slice(0, 2));
  return (
    SOCKET_CODES.has(code) || AWAY_MESSAGE.test('message' in error ? String(error.message) : '')
  );
}

/** `EPIPE` is five characters of the same alphabet; only SQLSTATEs hold a digit. */
function isSqlState(code: string): boolean {
  return /^(?=.*\d)[0-9A-Z]{5}$/.test(code);
}

const MAX_DEPTH = 5;

/** The error, what it was caused by, and what it bundles: a name with two addresses fails twice. */
function listCauses(error: unknown, depth = 0): readonly object[] {
  if (typeof error !== 'object' || error === null || depth > MAX_DEPTH) return [];
  const cause = 'cause' in error ? [error.cause] : [];
  const bundled: readonly unknown[] =
    'errors' in error && Array.isArray(error.errors) ? error.errors : [];
  return [error, ...[...cause, ...bundled].flatMap((inner) => listCauses(inner, depth + 1))];
}
