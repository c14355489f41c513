import { type Stats, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** The operating-system account that PostgreSQL runs under. */
export interface ServerAccount {
  readonly uid: number;
  readonly gid: number;
}

/** Used where /etc/passwd names no `nobody`, e.g. in images without a user database. */
const OVERFLOW_ACCOUNT: ServerAccount = { uid: 65534, gid: 65534 };

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** PostgreSQL refuses to run as root; `nobody` exists everywhere, so no user has to be created. */
export function findUnprivilegedAccount(passwdFile = '/etc/passwd'): ServerAccount {
  try {
    return parseNobody(readFileSync(passwdFile, 'utf8')) ?? OVERFLOW_ACCOUNT;
  } catch {
    return OVERFLOW_ACCOUNT;
  }
}

function parseNobody(passwd: string): ServerAccount | undefined {
  const fields = passwd
    .split('\n')
    .find((line) => line.startsWith('nobody:'))
    ?.split(':');
  const uid = Number(fields?.[2]);
  const gid = Number(fields?.[3]);
  return Number.isInteger(uid) && Number.isInteger(gid) && uid !== 0 ? { uid, gid } : undefined;
}

/** Whether the account may enter every folder down to `path` and read `path` itself. */
export function canReach(account: ServerAccount, path: string): boolean {
  const target = realpathSync(path);
  const stats = statSync(target);
  const wanted = stats.isDirectory() ? 0o5 : 0o4;
  return grants(account, stats, wanted) && canTraverse(account, dirname(target));
}

/** Whether the account may enter `directory`, so that it can use a folder of its own inside. */
export function canTraverse(account: ServerAccount, directory: string): boolean {
  for (let path = realpathSync(directory); ; path = dirname(path)) {
    if (!grants(account, statSync(path), 0o1)) return false;
    if (path === dirname(path)) return true;
  }
}

function grants(account: ServerAccount, stats: Stats, wanted: number): boolean {
  return (permissionBits(account, stats) & wanted) === wanted;
}

function permissionBits(account: ServerAccount, stats: Stats): number {
  if (stats.uid === account.uid) return stats.mode >> 6;
  return stats.gid === account.gid ? stats.mode >> 3 : stats.mode;
}
