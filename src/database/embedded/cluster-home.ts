import { randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import {
  type ServerAccount,
  canTraverse,
  findUnprivilegedAccount,
  isRoot,
} from './server-account.js';

/** One folder that holds all of a cluster: PostgreSQL's own data, the password beside it, the log. */
export interface ClusterHome {
  readonly path: string;
  readonly clusterDir: string;
  readonly logFile: string;
  readonly password: string;
  /** The account that owns the cluster; null when it is the account of this process. */
  readonly account: ServerAccount | null;
}

/** In DATA_DIR, when the cluster itself has to lie elsewhere. */
const POINTER_FILE = 'postgres-location';

/**
 * Finds the cluster of a data folder, or makes room for a new one. The cluster lies inside the data
 * folder; only when root starts us and the unprivileged account cannot enter the data folder does it
 * lie below `sharedRoot`, and the data folder holds a pointer to it.
 */
export function openClusterHome(dataDir: string, sharedRoot: string): ClusterHome {
  const path = locateHome(dataDir, sharedRoot);
  const account = isRoot() ? ownerOf(path) : null;
  assertOurs(path);
  return {
    path,
    account,
    clusterDir: join(path, 'cluster'),
    logFile: join(path, 'postgres.log'),
    password: openPassword(path, account),
  };
}

function locateHome(dataDir: string, sharedRoot: string): string {
  const pointer = join(dataDir, POINTER_FILE);
  if (existsSync(pointer)) return followPointer(pointer);
  const inside = join(dataDir, 'postgres');
  if (existsSync(inside)) return inside;
  if (!isRoot()) return makeHome(inside, null);
  const account = findUnprivilegedAccount();
  if (canTraverse(account, dataDir)) return makeHome(inside, account);
  mkdirSync(sharedRoot, { recursive: true, mode: 0o755 });
  const outside = makeHome(join(sharedRoot, randomBytes(8).toString('hex')), account);
  writeWhole(pointer, outside);
  return outside;
}

/** A pointer to nothing is not a fresh start: silently serving an empty database would look like data loss. */
function followPointer(pointer: string): string {
  const home = readFileSync(pointer, 'utf8').trim();
  if (existsSync(home)) return home;
  throw new Error(
    `${pointer} says that the database lies in ${home}, which does not exist: ` +
      'restore that folder, or delete the data folder to start with an empty database.',
  );
}

function makeHome(path: string, account: ServerAccount | null): string {
  mkdirSync(path, { mode: 0o700 });
  if (account) chownSync(path, account.uid, account.gid);
  return path;
}

/** Whoever made the cluster runs it: PostgreSQL refuses a cluster of another owner. */
function ownerOf(path: string): ServerAccount {
  const { uid, gid } = statSync(path);
  if (uid !== 0) return { uid, gid };
  const account = findUnprivilegedAccount();
  chownSync(path, account.uid, account.gid);
  return account;
}

function assertOurs(path: string): void {
  const ownUid = process.getuid?.();
  const { uid } = lstatSync(path);
  if (ownUid === undefined || ownUid === 0 || ownUid === uid) return;
  throw new Error(
    `The database folder ${path} belongs to user ${uid}, and this process runs as user ${ownUid}: ` +
      'start it as the same user as before, or give it another DATA_DIR.',
  );
}

function openPassword(home: string, account: ServerAccount | null): string {
  const file = join(home, 'password');
  if (!existsSync(file)) {
    writeWhole(file, randomBytes(24).toString('base64url'), account);
  }
  return readFileSync(file, 'utf8').trim();
}

/** Written aside and renamed, so that a kill between the two leaves no half file. */
function writeWhole(path: string, content: string, account: ServerAccount | null = null): void {
  const draft = `${path}.draft`;
  writeFileSync(draft, content, { mode: 0o600 });
  if (account) chownSync(draft, account.uid, account.gid);
  renameSync(draft, path);
}
