import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import pg from 'pg';
import { MIGRATIONS_DIR, runMigrations } from '../../../src/database/migrations.js';
import { EMPTY_CONTEXT } from '../../../src/leads/lead-context.js';
import { createEmptyTestDatabase, type TestDatabase } from '../../support/test-database.js';

const MIGRATION = '0010';
const SCOPES = ['leads', 'admin:read', 'admin:write'];
const PREFIX = 'lead_source_attribution:source_observed_';

let folder: string;
let testDatabase: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'growthgate-before-persons-'));
  const files = (await readdir(MIGRATIONS_DIR)).filter((file) => file.slice(0, 4) < MIGRATION);
  for (const file of files) await cp(join(MIGRATIONS_DIR, file), join(folder, file));
  testDatabase = await createEmptyTestDatabase();
  await runMigrations(testDatabase.url, folder);
  client = new pg.Client({ connectionString: testDatabase.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await testDatabase.drop();
  await rm(folder, { recursive: true });
});

async function count(key: string, shard: number, value: number): Promise<void> {
  const metric = 'growth_feature_events_total';
  const row = [metric, key, shard, value];
  await client.query('insert into growth_counter values ($1, $2, $3, $4)', row);
}

async function lead(contactId: string, source: string): Promise<void> {
  const context = JSON.stringify({ ...EMPTY_CONTEXT, last_source: source });
  const row = ['loc', contactId, context];
  await client.query('insert into lead values ($1, $2, $3, now())', row);
}

async function key(label: string): Promise<void> {
  const row = [label, 'hash', label, SCOPES];
  await client.query('insert into api_key values ($1, $2, $3, $4, now())', row);
}

it('folds counters that name persons or are too many, and loses no count', async () => {
  await count('sla_handoff_thresholds:observed', 0, 7);
  await count(`${PREFIX}zillow`, 0, 5);
  await count(`${PREFIX}tel_972_555_0143`, 0, 1);
  await count(`${PREFIX}tel_972_555_0143`, 1, 2);
  await count(`${PREFIX}dana_gmail_com`, 1, 4);
  await count(`${PREFIX}kim_acme_example`, 0, 8);
  await count(`${PREFIX}www_acme_example`, 0, 16);
  await lead('kim', 'kim@acme.example');
  await lead('www', 'www.acme.example');
  for (let source = 0; source < 5; source++) await lead(`zillow ${source}`, 'zillow');
  for (let source = 0; source < 250; source++) {
    await count(`${PREFIX}source_${source}`, 0, 1);
    await lead(`contact ${source}`, `source ${source}`);
  }

  await key('first key');
  await key('other');

  await runMigrations(testDatabase.url);

  const { rows } = await client.query<{ key: string; value: string }>(
    'select key, sum(value)::int as value from growth_counter group by key',
  );
  const counts = new Map(rows.map(({ key, value }) => [key, value]));
  expect(counts.get('sla_handoff_thresholds:observed')).toBe(7);
  expect(counts.get(`${PREFIX}zillow`)).toBe(5);
  expect(counts.get(`${PREFIX}personal`)).toBe(15);
  const named = [...counts.keys()].filter((key) => key.startsWith(PREFIX));
  expect(named).toHaveLength(202);
  const listed = await client.query('select from observed_source');
  expect(listed.rowCount).toBe(200);
  const sum = named.reduce((total, key) => total + Number(counts.get(key)), 0);
  expect(sum).toBe(5 + 15 + 16 + 250);
});

it('lets the key of the first start erase persons, and no other', async () => {
  const { rows } = await client.query<{ label: string; scopes: string[] }>(
    'select label, scopes from api_key order by label',
  );
  expect(rows).toEqual([
    { label: 'first key', scopes: [...SCOPES, 'admin'] },
    { label: 'other', scopes: SCOPES },
  ]);
});
