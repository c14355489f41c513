import { setTimeout as delay } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import pg from 'pg';
import { createPool } from './connection-pool.js';
import { codeOf } from './error-code.js';
import { isDatabaseAway } from './database-errors.js';
import type { DatabaseOptions } from './database-options.js';
import { Database, type DatabaseServer } from './database.js';
import { EmbeddedPostgres, type EmbeddedPostgresEvent } from './embedded/embedded-postgres.js';
import { runMigrations } from './migrations.js';

/** A server that starts together with us, as in a compose file, gets this long to listen. */
const SERVER_WAIT_MS = 30_000;
const SERVER_POLL_MS = 250;
const OLDEST_VERSION_NUMBER = 150_000;

const logger = new Logger('Database');

/** Starts or finds the server, brings the schema up to date and opens the pool. */
export async function openDatabase(
  options: DatabaseOptions,
  serverWaitMs = SERVER_WAIT_MS,
): Promise<Database> {
  const server =
    options.databaseUrl === undefined
      ? await startEmbedded(options.dataDir)
      : await findServer(options.databaseUrl, serverWaitMs);
  try {
    const applied = await runMigrations(server.url);
    logger.log({ event: 'database_ready', place: server.place, migrationsApplied: applied.length });
    const pool = createPool(server.url, options.poolSize, (error) => {
      logger.warn({ event: 'database_connection_lost', reason: error.message });
    });
    return new Database(server, pool);
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function startEmbedded(dataDir: string): Promise<DatabaseServer> {
  const server = await EmbeddedPostgres.start({ dataDir, onEvent: logServerEvent });
  return {
    url: server.url,
    place: server.place,
    isEmbedded: true,
    stop: () => server.stop(),
  };
}

function logServerEvent(event: EmbeddedPostgresEvent): void {
  switch (event.kind) {
    case 'server_died':
      return logger.error({ event: 'database_server_died', pid: event.pid });
    case 'server_restarted':
      return logger.log({ event: 'database_server_restarted', pid: event.pid });
    case 'restart_failed':
      return logger.error({ event: 'database_server_restart_failed', reason: event.reason });
  }
}

async function findServer(url: string, waitMs: number): Promise<DatabaseServer> {
  const place = describePlace(url);
  const versionNumber = await waitForServer(url, place, waitMs);
  const problem = findVersionProblem(versionNumber);
  if (problem !== undefined) throw new Error(problem);
  return { url, place, isEmbedded: false, stop: () => Promise.resolve() };
}

/** Never the whole URL: it may hold a password. */
function describePlace(url: string): string {
  const client = new pg.Client({ connectionString: url });
  return `${client.host}:${client.port}/${client.database ?? ''}`;
}

async function waitForServer(url: string, place: string, waitMs: number): Promise<number> {
  for (const deadline = Date.now() + waitMs; ; await delay(SERVER_POLL_MS)) {
    try {
      return await readVersionNumber(url);
    } catch (error) {
      if (isWorthWaiting(error) && Date.now() < deadline) continue;
      const reason = describe(error);
      throw new Error(`The database of DATABASE_URL (${place}) cannot be used: ${reason}`, {
        cause: error,
      });
    }
  }
}

/** A wrong password or database name does not right itself; a server that does not listen yet may. */
function isWorthWaiting(error: unknown): boolean {
  return isDatabaseAway(error) && !/^(28|3D)/.test(codeOf(error));
}

/** A refused connection to a name with several addresses is a bundle without a message. */
function describe(error: unknown): string {
  const message =
    typeof error === 'object' && error !== null && 'message' in error ? error.message : error;
  return String(message) || codeOf(error);
}

async function readVersionNumber(url: string): Promise<number> {
  const pool = createPool(url, 1, () => undefined);
  try {
    const answer = await pool.query<{ server_version_num: string }>('show server_version_num');
    return Number(answer.rows[0]?.server_version_num);
  } finally {
    await pool.end();
  }
}

/** A sentence for the operator, or undefined when the version will do. */
export function findVersionProblem(versionNumber: number): string | undefined {
  if (versionNumber >= OLDEST_VERSION_NUMBER) return undefined;
  const major = Math.floor(versionNumber / 10_000);
  return `PostgreSQL 15 or newer is needed, and the server of DATABASE_URL is version ${major}.`;
}
