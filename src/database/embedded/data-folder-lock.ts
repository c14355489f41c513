import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf } from '../error-code.js';
import { inspectProcess } from './process-state.js';

interface Holder {
  readonly pid: number;
  readonly startMark: string;
  readonly since: string;
  /** Tells our own lock from another's, also between two servers of one process. */
  readonly token: string;
}

const MAX_ATTEMPTS = 20;

/**
 * Keeps a second live process off a data folder. The lock is a file that names its holder; it is
 * published by a hard link, which is atomic and never shows a half-written file, and it is void as
 * soon as the holder is dead, a zombie, or its pid belongs to another program.
 *
 * Known limit: processes in different pid namespaces (two containers on one volume) do not see each
 * other.
 */
export class DataFolderLock {
  private constructor(
    private readonly path: string,
    private readonly token: string,
  ) {}

  /** Throws a sentence that names the holder when the folder is in use. */
  static acquire(dataDir: string): DataFolderLock {
    const path = join(dataDir, 'postgres.lock');
    const token = randomBytes(12).toString('hex');
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      if (publish(path, token)) return new DataFolderLock(path, token);
      const holder = readHolder(path);
      if (holder && isLive(holder)) throw new Error(refusal(dataDir, holder));
      removeStale(path, holder?.token);
    }
    throw new Error(`The lock file ${path} keeps changing hands: remove it and start again.`);
  }

  /** Synchronous, because it also runs in the process's exit hook. */
  release(): void {
    if (readHolder(this.path)?.token === this.token) rmSync(this.path, { force: true });
  }
}

function publish(path: string, token: string): boolean {
  const draft = `${path}.${token}`;
  const state = inspectProcess(process.pid);
  const holder: Holder = {
    pid: process.pid,
    startMark: state.kind === 'running' ? state.startMark : '',
    since: new Date().toISOString(),
    token,
  };
  writeFileSync(draft, JSON.stringify(holder));
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    // Whether the file is there now says nothing: its holder may have let go of it meanwhile.
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function readHolder(path: string): Holder | undefined {
  try {
    const holder: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return isHolder(holder) ? holder : undefined;
  } catch {
    return undefined;
  }
}

function isHolder(value: unknown): value is Holder {
  return (
    typeof value === 'object' &&
    value !== null &&
    'pid' in value &&
    typeof value.pid === 'number' &&
    'startMark' in value &&
    typeof value.startMark === 'string' &&
    'since' in value &&
    'token' in value
  );
}

function isLive(holder: Holder): boolean {
  const state = inspectProcess(holder.pid);
  return state.kind === 'running' && state.startMark === holder.startMark;
}

/**
 * Two starters may find the same stale lock. A rename moves exactly one file aside; whoever thereby
 * caught a newer lock than the one judged stale puts it back.
 */
function removeStale(path: string, staleToken: string | undefined): void {
  const aside = `${path}.${randomBytes(12).toString('hex')}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  const caught = readHolder(aside);
  if (caught && caught.token !== staleToken) linkSync(aside, path);
  rmSync(aside, { force: true });
}

function refusal(dataDir: string, holder: Holder): string {
  return (
    `The data folder ${dataDir} is in use by process ${holder.pid} since ${holder.since}: ` +
    'stop that process, or give this one another DATA_DIR.'
  );
}
