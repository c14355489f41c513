import type { Server } from 'node:http';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Configuration } from './config/configuration.js';
import { createApp } from './create-app.js';
import { Readiness } from './health/readiness.js';
import { startUpReport } from './start-up-report.js';

/** A stop that takes longer than this is cut short: the contract allows 10 s. */
const STOP_WITHIN_MS = 9_500;

/** Ctrl-C reaches npm and the server at once, and npm passes it on: within this time it is one wish. */
const ECHO_MS = 1_000;

/** Requests in flight get this long; a connection that says nothing must not hold up the stop. */
const DRAIN_MS = 3_000;
const CUT_EVERY_MS = 500;

/** Runs the application until SIGTERM or SIGINT. */
export async function serve(configuration: Configuration): Promise<void> {
  const app = await createApp(configuration);
  stopOnSignals(app);
  await app.listen(configuration.port, configuration.host);
  app.get(Readiness).markReady();
  for (const line of await startUpReport(app, configuration)) console.log(line);
}

function stopOnSignals(app: NestExpressApplication): void {
  let stoppingSinceMs: number | undefined;
  const stop = (): void => {
    if (stoppingSinceMs !== undefined) {
      if (performance.now() - stoppingSinceMs > ECHO_MS) process.exit(1);
      return;
    }
    stoppingSinceMs = performance.now();
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    setTimeout(() => cutConnections(app), DRAIN_MS).unref();
    app.close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error('GrowthGate did not stop cleanly:', error);
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop);
}

/** Again and again until the process ends, since the server listens until its workers have stopped. */
function cutConnections(app: NestExpressApplication): void {
  const server: Server = app.getHttpServer();
  server.closeAllConnections();
  setTimeout(() => cutConnections(app), CUT_EVERY_MS).unref();
}
