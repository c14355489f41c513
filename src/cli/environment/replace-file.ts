import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';

/**
 * Puts a text in a file's place in one step, under the mode and owner that it had: whoever reads it
 * sees the old one or the new one. A new file is its owner's alone.
 */
export function replaceFile(path: string, text: string): void {
  const old = statSync(path, { throwIfNoEntry: false });
  // A link stays a link.
  const target = old === undefined ? path : realpathSync(path);
  const draft = `${target}.${randomUUID()}`;
  try {
    writeFileSync(draft, text, { mode: 0o600, flag: 'wx', flush: true });
    if (old !== undefined) {
      chownSync(draft, old.uid, old.gid);
      chmodSync(draft, old.mode & 0o777);
    }
    renameSync(draft, target);
  } finally {
    rmSync(draft, { force: true });
  }
}
