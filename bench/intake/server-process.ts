/** One of the servers that are compared, in a process of its own. Started by the intake benchmark. */
import 'reflect-metadata';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { readConfiguration } from '../../src/config/configuration.js';
import { createApp } from '../../src/create-app.js';
import { Database } from '../../src/database/database.js';
import { EffectsWorker } from '../../src/effects/effects.worker.js';
import { Readiness } from '../../src/health/readiness.js';
import { startBareServer } from './bare-server.js';
import { startPlainReceiver } from './plain-receiver.js';
import { keepIntakeInMemory } from './memory-intake.js';
import { SERVER_KINDS, type ServerKind, type ServerReady } from './messages.js';
import { BENCH_ADMIN_KEY, BENCH_SECRET } from './signed-leads.js';

interface MeasuredServer {
  readonly url: string;
  readonly databaseUrl?: string;
  countDecided(): Promise<number>;
  stop(): Promise<void>;
}

const [kindText, dataDir = ''] = process.argv.slice(2);
const kind = SERVER_KINDS.find((known) => known === kindText);
if (kind === undefined) throw new Error(`Not a server to measure: ${kindText}`);

const server = await serve(kind);
process.on('message', () => {
  void server.countDecided().then((decided) => process.send?.({ decided }));
});
process.on('disconnect', () => void server.stop().then(() => process.exit(0)));
process.send?.({ url: server.url, databaseUrl: server.databaseUrl ?? '' } satisfies ServerReady);

function serve(kind: ServerKind): Promise<MeasuredServer> {
  switch (kind) {
    case 'bare':
      return serveBare();
    case 'plain':
      return startPlainReceiver(dataDir);
    case 'durable':
    case 'effects-held':
    case 'memory':
      return serveProduct(kind);
  }
}

async function serveBare(): Promise<MeasuredServer> {
  const { url, answered } = await startBareServer();
  return { url, countDecided: () => Promise.resolve(answered()), stop: () => Promise.resolve() };
}

async function serveProduct(
  product: Exclude<ServerKind, 'bare' | 'plain'>,
): Promise<MeasuredServer> {
  const app = await createApp(
    readConfiguration({
      DATA_DIR: dataDir,
      GHL_WEBHOOK_SECRET: BENCH_SECRET,
      ADMIN_API_KEY: BENCH_ADMIN_KEY,
      LOG_LEVEL: 'error',
      // What goes out must not depend on the hour of the measurement.
      QUIET_HOURS: 'off',
      REPLY_DEBOUNCE_SECONDS: '0',
    }),
  );
  const memory = product === 'memory' ? keepIntakeInMemory(app) : undefined;
  await app.listen(0, '127.0.0.1');
  app.get(Readiness).markReady();
  if (product === 'effects-held') await app.get(EffectsWorker).beforeApplicationShutdown();
  return {
    url: await app.getUrl(),
    databaseUrl: app.get(Database).server.url,
    countDecided: async () => memory?.decided ?? countDecisions(app),
    stop: () => app.close(),
  };
}

async function countDecisions(app: NestExpressApplication): Promise<number> {
  const { count } = await app
    .get(Database)
    .kysely.selectFrom('decision')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}
