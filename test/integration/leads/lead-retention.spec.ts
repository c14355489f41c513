import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { readConfiguration } from '../../../src/config/configuration.js';
import type { Database } from '../../../src/database/database.js';
import { openDatabase } from '../../../src/database/open-database.js';
import { Retention } from '../../../src/database/retention.js';
import { EMPTY_CONTEXT, type LeadContext } from '../../../src/leads/lead-context.js';
import { LeadRetentionRepository } from '../../../src/leads/lead-retention.repository.js';
import { FakeClock } from '../../../src/telemetry/testing/fake-clock.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';

const DAY_MS = 86_400_000;
const SUPPRESSION = { at: '2025-01-01T00:00:00.000Z', reason: 'opted_out' };

let testDatabase: TestDatabase;
let database: Database;
let clock: FakeClock;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase({ databaseUrl: testDatabase.url, dataDir: '', poolSize: 2 });
  clock = new FakeClock();
  await remember('long-silent', 91, {});
  await remember('silent', 89, {});
  await remember('refused', 91, { suppression: SUPPRESSION });
});
afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});

async function remember(contactId: string, days: number, part: Partial<LeadContext>) {
  const key = { location_id: 'loc', contact_id: contactId };
  const updated_at = new Date(clock.now().getTime() - days * DAY_MS);
  const context = { ...EMPTY_CONTEXT, contact: { phone: '+19725550143' }, ...part };
  await database.kysely
    .insertInto('lead')
    .values({ ...key, context: JSON.stringify(context), updated_at })
    .execute();
  await database.kysely
    .insertInto('lead_feature_state')
    .values({ ...key, feature: 'f', state: '{}', updated_at })
    .execute();
}

function retentionOf(environment: Readonly<Record<string, string>>): Retention {
  const retention = new Retention(database, clock);
  new LeadRetentionRepository(retention, readConfiguration(environment)).onModuleInit();
  return retention;
}

async function remembered(): Promise<Readonly<Record<string, LeadContext>>> {
  const rows = await database.kysely.selectFrom('lead').selectAll().execute();
  return Object.fromEntries(rows.map(({ contact_id, context }) => [contact_id, context]));
}

it('keeps every context unless it is told otherwise', async () => {
  expect(await retentionOf({}).sweep()).toBe(0);
  expect(Object.keys(await remembered())).toHaveLength(3);
});

it('deletes contexts that nobody has touched for so long, but for the refusals in them', async () => {
  const retention = retentionOf({ LEAD_RETENTION_DAYS: '90' });
  expect(await retention.sweep()).toBe(2);
  const contexts = await remembered();
  expect(Object.keys(contexts).sort()).toEqual(['refused', 'silent']);
  expect(contexts['refused']).toEqual({ ...EMPTY_CONTEXT, suppression: SUPPRESSION });
  const states = await database.kysely.selectFrom('lead_feature_state').selectAll().execute();
  expect(states.map(({ contact_id }) => contact_id)).toEqual(['silent']);
});

it('finds no more to do, and what has become due meanwhile some hours later', async () => {
  const retention = retentionOf({ LEAD_RETENTION_DAYS: '90' });
  expect(await retention.sweep()).toBe(0);
  clock.advance(2 * DAY_MS);
  expect(await retention.sweep()).toBe(1);
});
