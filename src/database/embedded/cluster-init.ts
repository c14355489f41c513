import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ClusterHome } from './cluster-home.js';
import type { PostgresBinaries } from './postgres-binaries.js';
import { serverEnvironment } from './server-environment.js';

export const SUPERUSER = 'growthgate';

/** One sync of the file system instead of a thousand files one by one: a second on a busy disk. */
const SYNC_OPTION = process.platform === 'linux' ? ['--sync-method', 'syncfs'] : [];

const DRAFT_PREFIX = 'initdb-';

/**
 * Makes the cluster if there is none. initdb works aside and the result is renamed, so that a start
 * killed half-way leaves only a draft, which the next start removes.
 */
export async function ensureCluster(home: ClusterHome, binaries: PostgresBinaries): Promise<void> {
  removeDrafts(home.path);
  if (existsSync(home.clusterDir)) {
    assertSameMajor(home.clusterDir, binaries.version);
    return;
  }
  const draft = join(home.path, `${DRAFT_PREFIX}${randomBytes(6).toString('hex')}`);
  await runInitdb(binaries.initdb, draft, home);
  renameSync(draft, home.clusterDir);
}

/** An initdb that outlived its parent may still write into its draft: what resists goes next time. */
function removeDrafts(home: string): void {
  for (const name of readdirSync(home).filter((entry) => entry.startsWith(DRAFT_PREFIX))) {
    try {
      rmSync(join(home, name), { recursive: true, force: true });
    } catch {
      continue;
    }
  }
}

function assertSameMajor(clusterDir: string, binaryVersion: string): void {
  const clusterMajor = readFileSync(join(clusterDir, 'PG_VERSION'), 'utf8').trim();
  if (binaryVersion.split('.')[0] === clusterMajor) return;
  throw new Error(
    `The database in ${clusterDir} was made by PostgreSQL ${clusterMajor}, and the built-in server is ` +
      `${binaryVersion}: move the data over with pg_dump, or delete the data folder to start anew.`,
  );
}

async function runInitdb(initdb: string, draft: string, home: ClusterHome): Promise<void> {
  const args = [
    ['--pgdata', draft],
    ['--username', SUPERUSER],
    ['--pwfile', join(home.path, 'password')],
    ['--auth', 'scram-sha-256'],
    ['--encoding', 'UTF8'],
    // The built-in provider: an order of text that no update of the operating system can change.
    ['--locale-provider', 'builtin'],
    ['--builtin-locale', 'C.UTF-8'],
    ['--locale', 'C'],
    SYNC_OPTION,
  ].flat();
  const child = spawn(initdb, args, {
    ...(home.account ?? {}),
    cwd: home.path,
    env: serverEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const collect = (chunk: Buffer): void => {
    output += chunk.toString('utf8');
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (exitCode === 0) return;
  const lastLines = output.trim().split('\n').slice(-5).join(' | ');
  throw new Error(`A database could not be made in ${home.path}: ${lastLines}`);
}
