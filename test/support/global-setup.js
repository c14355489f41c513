import { spawn } from 'node:child_process';
import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { clearTimeout, setTimeout } from 'node:timers';
import { URL, fileURLToPath } from 'node:url';

/** Only ends a start that hangs. */
const START_TIMEOUT_MS = 300_000;
const path = (name) => fileURLToPath(new URL(name, import.meta.url));

/**
 * One built-in PostgreSQL for all specs that need a database, unless TEST_DATABASE_URL names a
 * server. It runs in a process of its own that ends with ours, even when ours is killed.
 */
export default async function setUp() {
  if (process.env.TEST_DATABASE_URL) return;
  const dataDir = await mkdtemp(join(tmpdir(), 'growthgate-test-'));
  // Started as root, the server runs as another account, which has to enter the folder.
  await chmod(dataDir, 0o755);
  const server = spawn(
    process.execPath,
    ['--import', path('./register-typescript.js'), path('./embedded-server.ts'), dataDir],
    { stdio: ['pipe', 'pipe', 'inherit'], detached: true },
  );
  const answer = await readAnswer(server);
  if (answer.error) throw new Error(`The test database did not start: ${answer.error}`);
  process.env.TEST_DATABASE_URL = answer.url;
  globalThis.growthgateTestServer = { server, dataDir };
}

async function readAnswer(server) {
  const timeout = setTimeout(() => server.kill(), START_TIMEOUT_MS);
  try {
    for await (const line of createInterface({ input: server.stdout })) return JSON.parse(line);
    throw new Error('The test database ended without a word.');
  } finally {
    clearTimeout(timeout);
  }
}
