import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { SandboxServer } from '../../../simulation/sandbox/sandbox-server.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';
import { until } from '../../support/until.js';
import { isAcknowledged, newLead, send, type Sent } from './lead-stream.js';
import { ServerProcess } from './server-process.js';

const TOKEN = 'token-of-the-tests';
const LEADS = 20;
/** Longer than a lease: whoever took the leads in is taken for dead. */
const PAUSE_MS = 75_000;

describe('a replica that stands still longer than its leases', () => {
  let database: TestDatabase;
  let sandbox: SandboxServer;
  let sandboxUrl: string;
  let client: pg.Client;
  let paused: ServerProcess;
  let heir: ServerProcess;

  beforeAll(async () => {
    database = await createTestDatabase();
    sandbox = new SandboxServer({
      accessToken: TOKEN,
      autoCreateContacts: true,
      limitPer10s: 100_000,
      // What is paused must not be saved by a connection that has ended meanwhile.
      keepAliveTimeoutMs: 600_000,
    });
    ({ url: sandboxUrl } = await sandbox.start());
    const environment = {
      DATABASE_URL: database.url,
      GHL_API_BASE_URL: sandboxUrl,
      GHL_ACCESS_TOKEN: TOKEN,
      // So low that most texts wait for their turn when the pause begins.
      GHL_RATE_LIMIT_PER_10S: '4',
    };
    [paused, heir] = [
      await ServerProcess.create(environment),
      await ServerProcess.create(environment),
    ];
    client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await paused.start();
  });

  afterAll(async () => {
    paused.resume();
    await Promise.all([paused.close(), heir.close()]);
    await client.end();
    await sandbox.stop();
    await database.drop();
  });

  it('sends nothing that another has sent meanwhile, and no lead is left without its reply', async () => {
    const sent: Sent[] = await Promise.all(
      Array.from({ length: LEADS }, async () => {
        const lead = newLead();
        return { lead, reply: await send(paused.url, lead) };
      }),
    );
    expect(sent.every(isAcknowledged)).toBe(true);
    await delay(Math.random() * 2_000);
    paused.pause();
    // Else nothing was under way, and the pause shows nothing.
    const before = await Promise.all(sent.map(({ lead }) => textsOf(lead.contactId)));
    expect(before.filter(({ length }) => length === 0)).not.toEqual([]);
    const takenOver = delay(PAUSE_MS);
    await heir.start();
    await takenOver;
    paused.resume();
    await until(async () => (await unfinished()) === 0);
    const texts = await Promise.all(sent.map(({ lead }) => textsOf(lead.contactId)));
    expect(texts.map(({ length }) => length)).toEqual(Array(LEADS).fill(1));
  });

  async function unfinished(): Promise<number> {
    const { rows } = await client.query<{ count: number }>(
      `select ((select count(*) from effect where state in ('pending', 'sending') and due_at <= now())
        + (select count(*) from lane where leased_until is not null))::int as count`,
    );
    return rows[0]?.count ?? 0;
  }

  async function textsOf(contactId: string): Promise<readonly unknown[]> {
    const response = await fetch(`${sandboxUrl}/_sandbox/contacts/${contactId}`);
    if (response.status === 404) return [];
    const { messages } = (await response.json()) as { readonly messages: readonly unknown[] };
    return messages;
  }
});
