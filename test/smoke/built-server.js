// The compiled server starts, is healthy and stops on SIGTERM: what the type checker and the specs
// cannot see, since they never load `dist`.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';

const HEALTH_LOOKS = 60;
const HEALTH_LOOK_MS = 1_000;

const dataDir = mkdtempSync(join(tmpdir(), 'growthgate-smoke-'));
chmodSync(dataDir, 0o755);
const server = spawn(process.execPath, ['dist/main.js'], {
  env: {
    ...process.env,
    NODE_ENV: 'development',
    PORT: '0',
    DATA_DIR: dataDir,
    LOG_LEVEL: 'error',
  },
  stdio: ['ignore', 'pipe', 'inherit'],
});
const exited = once(server, 'exit');

try {
  const url = await readUrl();
  assert.equal(await readHealth(url), 'healthy');
  const document = await fetch(`${url}/docs-json`);
  assert.equal(document.status, 200);
  server.kill('SIGTERM');
  const [code] = await exited;
  assert.equal(code, 0, 'SIGTERM must end with exit code 0');
  console.log('The built server starts, is healthy, and stops cleanly.');
} finally {
  server.kill('SIGKILL');
  rmSync(dataDir, { recursive: true, force: true });
}

/** Healthy at once, or soon: on a busy machine what it asks may take longer than it waits. */
async function readHealth(url) {
  for (let looks = 1; ; looks += 1) {
    const { status } = await (await fetch(`${url}/health`)).json();
    if (status === 'healthy' || looks === HEALTH_LOOKS) return status;
    await delay(HEALTH_LOOK_MS);
  }
}

async function readUrl() {
  for await (const line of createInterface({ input: server.stdout })) {
    const url = /^GrowthGate is ready at (\S+)$/.exec(line)?.[1];
    if (url !== undefined) return url;
  }
  throw new Error('The built server ended before it was ready');
}
