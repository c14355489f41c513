import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SilentProxy } from '../../support/silent-proxy.js';
import { startTestApp, type TestApp } from '../../support/test-app.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';
import { until } from '../../support/until.js';
import { message } from '../growth/support/lead-bodies.js';

const SENDERS = 6;
/** The time limits of a flush and of a connection, and twice as much again for a busy machine. */
const ANSWERED_WITHIN_MS = 45_000;

describe('a database that falls silent', () => {
  let database: TestDatabase;
  let proxy: SilentProxy;
  let app: TestApp;
  let serial = 0;

  beforeEach(async () => {
    database = await createTestDatabase();
    proxy = await SilentProxy.start(database.url);
    app = await startTestApp({ env: { DATABASE_URL: proxy.url } });
    expect(await statusesOf(newLeads())).toEqual(Array(SENDERS).fill(200));
  });

  afterEach(async () => {
    proxy.recover();
    await app.close();
    proxy.close();
    await database.drop();
  });

  const newLeads = () =>
    Array.from({ length: SENDERS }, () => {
      serial += 1;
      return message(`silent-${serial}`);
    });

  function statusesOf(leads: readonly object[]): Promise<number[]> {
    return Promise.all(leads.map(async (lead) => (await app.postSigned(lead)).status));
  }

  const readiness = async () => (await app.http.get('/health/ready')).status;

  it('turns senders away in time, is not ready, and takes their leads once it answers again', async () => {
    const leads = newLeads();
    proxy.goSilent();
    const startedAt = performance.now();
    const answers = statusesOf(leads);
    await until(async () => (await readiness()) === 503);
    expect(await answers).toEqual(Array(SENDERS).fill(503));
    expect(performance.now() - startedAt).toBeLessThan(ANSWERED_WITHIN_MS);
    proxy.recover();
    await until(async () => (await readiness()) === 200);
    await until(async () => (await statusesOf(leads)).every((status) => status === 200));
    const decided = await app.database.selectFrom('decision').select('contact_id').execute();
    expect(decided).toHaveLength(2 * SENDERS);
  });

  it('loses no more than the connections that fell silent', async () => {
    const leads = newLeads();
    proxy.forgetConnections();
    const startedAt = performance.now();
    const answers = await statusesOf(leads);
    expect(performance.now() - startedAt).toBeLessThan(ANSWERED_WITHIN_MS);
    for (const status of answers) expect([200, 503]).toContain(status);
    await until(async () => (await readiness()) === 200);
    await until(async () => (await statusesOf(leads)).every((status) => status === 200));
    await app.settle();
    const decided = await app.database.selectFrom('decision').select('contact_id').execute();
    expect(decided).toHaveLength(2 * SENDERS);
  });
});
