/** The product: stores the effects of many leads first, then carries them out. Started by the benchmark of effects. */
import 'reflect-metadata';
import { sql } from 'kysely';
import { setTimeout as delay } from 'node:timers/promises';
import { readConfiguration } from '../../src/config/configuration.js';
import { createApp } from '../../src/create-app.js';
import { Database } from '../../src/database/database.js';
import { DatabaseListener } from '../../src/database/database-listener.js';
import { EffectsRecovery } from '../../src/effects/effects-recovery.js';
import { EffectsWorker } from '../../src/effects/effects.worker.js';
import { LaneLeases } from '../../src/effects/lane-leases.js';
import { LaneRunner } from '../../src/effects/lane-runner.js';
import { BENCH_SECRET, signedLeads } from '../intake/signed-leads.js';
import { answerMessages } from '../report/child.js';
import type { EffectsOrder } from './messages.js';

const SENDERS = 32;
const [crmUrl = '', dataDir = ''] = process.argv.slice(2);

const app = await createApp(
  readConfiguration({
    DATA_DIR: dataDir,
    GHL_WEBHOOK_SECRET: BENCH_SECRET,
    GHL_API_BASE_URL: crmUrl,
    GHL_ACCESS_TOKEN: 'token-of-the-benchmarks',
    // The CRM's limit is a matter of the CRM's: here it is to be none.
    GHL_RATE_LIMIT_PER_10S: '100000',
    REPLY_MODE: 'all',
    QUIET_HOURS: 'off',
    REPLY_DEBOUNCE_SECONDS: '0',
    LOG_LEVEL: 'error',
  }),
);
await app.listen(0, '127.0.0.1');
await app.get(EffectsWorker).beforeApplicationShutdown();
const url = await app.getUrl();
const { kysely } = app.get(Database);

answerMessages(async (order: EffectsOrder) => {
  await carryOut(order);
  return { done: true };
});
process.on('disconnect', () => void app.close().then(() => process.exit(0)));
process.send?.({ ready: true });

async function carryOut({ contacts, series }: EffectsOrder): Promise<void> {
  await store(contacts, series);
  const worker = new EffectsWorker(
    app.get(LaneLeases),
    app.get(LaneRunner),
    app.get(EffectsRecovery),
    app.get(DatabaseListener),
  );
  worker.onApplicationBootstrap();
  while (await isAnythingDue()) await delay(100);
  await worker.beforeApplicationShutdown();
}

async function store(contacts: number, series: string): Promise<void> {
  const leads = signedLeads(contacts, series);
  const send = async (): Promise<void> => {
    for (let lead = leads.pop(); lead !== undefined; lead = leads.pop()) {
      const { status } = await fetch(`${url}/webhook/ghl`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-ghl-signature': lead.signature },
        body: lead.body,
      });
      if (status !== 200) throw new Error(`A lead was answered with ${status}`);
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, send));
}

async function isAnythingDue(): Promise<boolean> {
  const { rows } = await sql<{ due: boolean }>`
    select exists (select from effect where state in ('pending', 'sending') and due_at <= now())
      or exists (select from lane where leased_until is not null) as due`.execute(kysely);
  return rows[0]?.due ?? false;
}
