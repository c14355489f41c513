import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf } from '../error-code.js';

/** Where a server says that it runs: its pid in the first line, its state in the eighth. */
export function postmasterPidFile(clusterDir: string): string {
  return join(clusterDir, 'postmaster.pid');
}

/**
 * The lines of the server's pid file; none without a file. The server takes it away when it stops,
 * and a stale one while it starts: between any look and the reading, so the reading itself has to
 * say whether there is one.
 */
export function readPostmasterPid(clusterDir: string): readonly string[] {
  try {
    return readFileSync(postmasterPidFile(clusterDir), 'utf8').split('\n');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}
