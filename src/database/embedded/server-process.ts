import { type ChildProcess, spawn } from 'node:child_process';
import { chownSync, closeSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { PATIENT_CONNECT_TIMEOUT_MS } from '../connection-pool.js';
import { SUPERUSER } from './cluster-init.js';
import type { ClusterHome } from './cluster-home.js';
import { stopServer } from './former-server.js';
import { readPostmasterPid } from './postmaster-pid.js';
import type { PostgresBinaries } from './postgres-binaries.js';
import { serverEnvironment } from './server-environment.js';

export const DATABASE = 'growthgate';

/** Only ends a start that hangs: on a busy machine the replay of the log after a crash takes minutes. */
const READY_TIMEOUT_MS = 600_000;
const POLL_MS = 15;
const MAX_LOG_BYTES = 10_000_000;
const LOG_LINES_IN_ERROR = 8;

const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '50',
  shared_buffers: '64MB',
  fsync: 'on',
  synchronous_commit: 'on',
  // After a crash, too, the whole file system is synced at once.
  ...(process.platform === 'linux' ? { recovery_init_sync_method: 'syncfs' } : {}),
  timezone: 'UTC',
  log_timezone: 'UTC',
  logging_collector: 'off',
  log_checkpoints: 'off',
  // Above ERROR: what a failing statement carried is personal data, and the application logs errors itself.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
};

/** One run of the server. It is its own process group, so a Ctrl-C in the terminal reaches only us. */
export interface ServerProcess {
  readonly pid: number;
  readonly port: number;
  /** Settles when the process is gone, whoever ended it. */
  readonly exited: Promise<void>;
}

/** What to run, and on which data. */
export interface ServerInstallation {
  readonly binaries: PostgresBinaries;
  readonly home: ClusterHome;
}

export async function startServer(
  { binaries, home }: ServerInstallation,
  port: number,
): Promise<ServerProcess> {
  const log = openLog(home);
  const child = spawn(binaries.postgres, serverArguments(home, port), {
    ...(home.account ?? {}),
    cwd: home.clusterDir,
    detached: true,
    env: serverEnvironment(),
    stdio: ['ignore', log.descriptor, log.descriptor],
  });
  closeSync(log.descriptor);
  child.unref();
  const server = await watch(child, port);
  try {
    await untilReady(server, home);
    await ensureDatabase(port, home.password);
    return server;
  } catch (error) {
    await stopServer(server.pid);
    throw new Error(startFailure(home.logFile, log.offset, error), { cause: error });
  }
}

function serverArguments(home: ClusterHome, port: number): readonly string[] {
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return ['-D', home.clusterDir, '-p', String(port), ...settings];
}

async function watch(child: ChildProcess, port: number): Promise<ServerProcess> {
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
  return { pid: child.pid ?? 0, port, exited };
}

/** The server says in its pid file when it lets clients in; asking by connecting would fill its log. */
async function untilReady(server: ServerProcess, home: ClusterHome): Promise<void> {
  const exit = new AbortController();
  void server.exited.then(() => exit.abort());
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (!isReady(server.pid, home.clusterDir)) {
    if (exit.signal.aborted) throw new Error('The server ended while it was starting.');
    if (Date.now() > deadline) throw new Error(`It was not ready within ${READY_TIMEOUT_MS} ms.`);
    await delay(POLL_MS);
  }
}

/** The first line of the file is the pid, the eighth the state. */
function isReady(pid: number, clusterDir: string): boolean {
  const lines = readPostmasterPid(clusterDir);
  return Number(lines[0]) === pid && lines[7]?.trim() === 'ready';
}

/** Also shows that the password is the right one. */
async function ensureDatabase(port: number, password: string): Promise<void> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: SUPERUSER,
    password,
    database: 'postgres',
    connectionTimeoutMillis: PATIENT_CONNECT_TIMEOUT_MS,
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (found.rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}

/** The descriptor is inherited by the server, which keeps logging when this process is gone. */
function openLog(home: ClusterHome): { readonly descriptor: number; readonly offset: number } {
  const size = statSync(home.logFile, { throwIfNoEntry: false })?.size ?? 0;
  if (size > MAX_LOG_BYTES) renameSync(home.logFile, `${home.logFile}.1`);
  const descriptor = openSync(home.logFile, 'a', 0o600);
  if (home.account) chownSync(home.logFile, home.account.uid, home.account.gid);
  return { descriptor, offset: size > MAX_LOG_BYTES ? 0 : size };
}

function startFailure(logFile: string, offset: number, error: unknown): string {
  const log = readFileSync(logFile).subarray(offset).toString('utf8');
  const lastLines = log.trim().split('\n').slice(-LOG_LINES_IN_ERROR).join('\n');
  return `The built-in PostgreSQL did not start: ${String(error)} The end of ${logFile}:\n${lastLines}`;
}

/** A port nobody listens on now; whether it stays so is seen when the server binds it. */
export async function findFreePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', resolve);
  });
  const address = probe.address();
  await new Promise<void>((resolve) => probe.close(() => resolve()));
  if (address === null || typeof address === 'string') throw new Error('No free port was found.');
  return address.port;
}
