import { once } from 'node:events';
import { rm } from 'node:fs/promises';

/** Stops the server that the set-up started, if it did. */
export default async function tearDown() {
  const running = globalThis.growthgateTestServer;
  if (!running) return;
  delete globalThis.growthgateTestServer;
  delete process.env.TEST_DATABASE_URL;
  const ended = once(running.server, 'exit');
  running.server.stdin.end();
  await ended;
  await rm(running.dataDir, { recursive: true, force: true });
}
