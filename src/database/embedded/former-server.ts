import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { postmasterPidFile, readPostmasterPid } from './postmaster-pid.js';
import { inspectProcess } from './process-state.js';

/** No system hands out a pid above 2^22. */
const IMPOSSIBLE_PID = 4_194_305;
const POLL_MS = 10;

/** PostgreSQL's own ladder: fast (disconnects, checkpoints), immediate (recovers later), and the end. */
const STOP_LADDER = [
  { signal: 'SIGINT', waitMs: 5_000 },
  { signal: 'SIGQUIT', waitMs: 2_000 },
  { signal: 'SIGKILL', waitMs: 1_000 },
] as const;

/**
 * Clears what a killed process left behind on a cluster whose lock we hold. A server that still runs
 * is stopped rather than adopted: a server we did not start may be of another version or hang, and
 * one way to start is easier to trust than two.
 */
export async function settleFormerServer(clusterDir: string): Promise<void> {
  const pid = readPid(clusterDir);
  if (pid !== undefined && isServerOf(pid, clusterDir)) await stopServer(pid);
  disownPidFile(clusterDir);
}

/** Waits until the server is gone; a server that ignores even SIGKILL is left to the caller's next error. */
export async function stopServer(pid: number): Promise<void> {
  for (const { signal, waitMs } of STOP_LADDER) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    if (await isGoneWithin(pid, waitMs)) return;
  }
}

async function isGoneWithin(pid: number, waitMs: number): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < waitMs; waitedMs += POLL_MS) {
    if (inspectProcess(pid).kind !== 'running') return true;
    await delay(POLL_MS);
  }
  return inspectProcess(pid).kind !== 'running';
}

function readPid(clusterDir: string): number | undefined {
  const pid = Number.parseInt(readPostmasterPid(clusterDir)[0] ?? '', 10);
  return pid > 0 ? pid : undefined;
}

function isServerOf(pid: number, clusterDir: string): boolean {
  if (inspectProcess(pid).kind !== 'running') return false;
  return worksInByProcFs(pid, clusterDir) ?? worksInByPs(pid, clusterDir);
}

/** The server's working folder is its cluster: true also after the folder was moved. */
function worksInByProcFs(pid: number, clusterDir: string): boolean | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    const cwd = statSync(`/proc/${pid}/cwd`);
    const cluster = statSync(clusterDir);
    const program = readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
    return program === 'postgres' && cwd.ino === cluster.ino && cwd.dev === cluster.dev;
  } catch {
    return false;
  }
}

function worksInByPs(pid: number, clusterDir: string): boolean {
  const answer = spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  return (answer.stdout ?? '').includes(`-D ${clusterDir}`);
}

/**
 * PostgreSQL will not start while the pid in its file exists, even as a zombie or as another program.
 * Only the pid is overwritten: the rest of the file names the shared memory by which PostgreSQL
 * itself recognises children of the dead server that still write to the cluster. A file without a
 * pid was cut short by a crash of the machine, and says nothing.
 */
function disownPidFile(clusterDir: string): void {
  const [pid, ...rest] = readPostmasterPid(clusterDir);
  if (pid === undefined) return;
  const pidFile = postmasterPidFile(clusterDir);
  if (pid === '') rmSync(pidFile);
  else writeFileSync(pidFile, [String(IMPOSSIBLE_PID), ...rest].join('\n'));
}
