import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { SUPERUSER } from '../../database/embedded/cluster-init.js';
import { inspectProcess } from '../../database/embedded/process-state.js';
import { DATABASE } from '../../database/embedded/server-process.js';

/** Lines of PostgreSQL's own pid file, counted from 0. */
const PID_LINE = 0;
const PORT_LINE = 3;
const STATE_LINE = 7;

/**
 * Address of the built-in PostgreSQL that runs on this data folder right now, started by whichever
 * process; undefined when none runs. Reads only: the folder's lock stays with the server's process.
 */
export function findRunningDatabaseUrl(dataDir: string): string | undefined {
  const home = findHome(resolve(dataDir));
  const lines = readLines(join(home, 'cluster', 'postmaster.pid'));
  const port = Number(lines[PORT_LINE]);
  const isReady = lines[STATE_LINE]?.trim() === 'ready';
  if (!isReady || !(port > 0)) return undefined;
  if (inspectProcess(Number(lines[PID_LINE])).kind !== 'running') return undefined;
  const password = readLines(join(home, 'password'))[0]?.trim();
  return password === undefined
    ? undefined
    : `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${DATABASE}`;
}

/** The data folder itself, unless it points elsewhere. */
function findHome(dataDir: string): string {
  return readLines(join(dataDir, 'postgres-location'))[0]?.trim() ?? join(dataDir, 'postgres');
}

function readLines(file: string): readonly string[] {
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
}
