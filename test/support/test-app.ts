import { createHmac } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { sql } from 'kysely';
import request from 'supertest';
import { readConfiguration } from '../../src/config/configuration.js';
import { createApp } from '../../src/create-app.js';
import { CrmEndpoint } from '../../src/crm/crm-connection.js';
import { Database } from '../../src/database/database.js';
import type { GrowthFeatureModule } from '../../src/growth/growth-feature-module.js';
import { Readiness } from '../../src/health/readiness.js';
import { createTestDatabase, type TestDatabase } from './test-database.js';
import { until } from './until.js';

const WEBHOOK_SECRET = 'webhook-secret-of-the-tests';
const ADMIN_KEY = 'admin-key-of-the-tests-0123456789abcdef';

export interface TestAppOptions {
  /** Laid over a configuration that needs nothing from outside; the process's own environment is not read. */
  readonly env?: Readonly<Record<string, string>>;
  readonly extraFeatures?: readonly GrowthFeatureModule[];
}

/** The whole product on a port and a database of its own, with the built-in CRM sandbox. */
export interface TestApp {
  readonly app: NestExpressApplication;
  readonly url: string;
  /** Without a key. */
  readonly http: ReturnType<typeof request.agent>;
  /** With a key that holds every scope. */
  readonly admin: ReturnType<typeof request.agent>;
  /** Signs webhooks. */
  readonly secret: string;
  readonly adminKey: string;
  /** Answers like the CRM, and under `/_sandbox/` shows what it holds. */
  readonly sandboxUrl: string;
  readonly database: Database['kysely'];
  /** @param body sent byte for byte when it is text */
  postSigned(body: string | object): request.Test;
  /** Waits until every effect that is due has come to an end. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const testDatabase = await createTestDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'growthgate-app-'));
  const app = await createApp(
    readConfiguration({ ...environmentFor(testDatabase, dataDir), ...options.env }),
    options.extraFeatures,
  );
  await app.listen(0, '127.0.0.1');
  app.get(Readiness).markReady();
  const url = await app.getUrl();
  const database = app.get(Database).kysely;
  return {
    app,
    url,
    http: request.agent(url),
    admin: request.agent(url).set('Authorization', `Bearer ${ADMIN_KEY}`),
    secret: WEBHOOK_SECRET,
    adminKey: ADMIN_KEY,
    sandboxUrl: app.get(CrmEndpoint).url,
    database,
    postSigned: (body) => postSigned(url, typeof body === 'string' ? body : JSON.stringify(body)),
    settle: () => until(async () => (await countUnfinished(database)) === 0),
    close: async () => {
      await app.close();
      await testDatabase.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function environmentFor({ url }: TestDatabase, dataDir: string): Record<string, string> {
  return {
    NODE_ENV: 'test',
    LOG_LEVEL: 'error',
    DATABASE_URL: url,
    // Many applications share the server that the specs run on.
    DATABASE_POOL_SIZE: '4',
    DATA_DIR: dataDir,
    GHL_WEBHOOK_SECRET: WEBHOOK_SECRET,
    ADMIN_API_KEY: ADMIN_KEY,
    // What goes out must not depend on the hour at which the specs run.
    QUIET_HOURS: 'off',
    // Nor wait for a burst that no spec means.
    REPLY_DEBOUNCE_SECONDS: '0',
  };
}

function postSigned(url: string, body: string): request.Test {
  const signature = createHmac('sha256', WEBHOOK_SECRET).update(body).digest('hex');
  return request(url)
    .post('/webhook/ghl')
    .set('Content-Type', 'application/json')
    .set('X-GHL-Signature', signature)
    .send(body);
}

async function countUnfinished(database: Database['kysely']): Promise<number> {
  const { rows } = await sql<{ unfinished: number }>`
    select (select count(*) from effect where state in ('pending', 'sending') and due_at <= now())
      + (select count(*) from lane where leased_until is not null) as unfinished`.execute(database);
  return rows[0]?.unfinished ?? 0;
}
