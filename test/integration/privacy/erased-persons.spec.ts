import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Database } from '../../../src/database/database.js';
import type { DatabaseListener } from '../../../src/database/database-listener.js';
import { openDatabase } from '../../../src/database/open-database.js';
import { ReloadedTables } from '../../../src/database/reloaded-tables.js';
import { ErasedPersonRepository } from '../../../src/privacy/erased-person.repository.js';
import { ErasedPersons } from '../../../src/privacy/erased-persons.js';
import { FakeClock } from '../../../src/telemetry/testing/fake-clock.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';

const DANA = { locationId: 'loc', contactId: 'dana' };
const PHONE = '+19725550143';
const REFUSED_AT = new Date('2026-03-01T10:00:00.000Z');

let testDatabase: TestDatabase;
let database: Database;
let clock: FakeClock;
let tables: readonly ReloadedTables[] = [];

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase({ databaseUrl: testDatabase.url, dataDir: '', poolSize: 4 });
});
afterAll(async () => {
  for (const stopped of tables) stopped.onModuleDestroy();
  await database.close();
  await testDatabase.drop();
});
beforeEach(async () => {
  for (const stopped of tables) stopped.onModuleDestroy();
  tables = [];
  clock = new FakeClock();
  for (const table of ['installation_key', 'erased_contact', 'kept_refusal'] as const) {
    await database.kysely.deleteFrom(table).execute();
  }
});
/** As in another process: what it knows, it has from the database. */
async function replica(): Promise<ErasedPersons> {
  const silent = { listen: () => () => undefined } as unknown as DatabaseListener;
  const own = new ReloadedTables(silent, clock);
  tables = [...tables, own];
  const persons = new ErasedPersons(new ErasedPersonRepository(database), clock, own);
  await Promise.all([own.onModuleInit(), persons.onModuleInit()]);
  return persons;
}

function erase(persons: ErasedPersons, at: Date): Promise<void> {
  return database.kysely.transaction().execute((trx) => persons.record(trx, DANA, at));
}

function keep(persons: ErasedPersons, channel: string, refusedAt: Date): Promise<void> {
  const addresses = { contactId: DANA.contactId, phone: PHONE, email: undefined };
  return database.kysely
    .transaction()
    .execute((trx) => persons.keepRefusals(trx, 'loc', addresses, [{ channel, refusedAt }]));
}

describe('who was erased', () => {
  it('is known to every replica, for what happened before and for nothing later', async () => {
    const [one, other] = await Promise.all([replica(), replica()]);
    expect(one.isErased(DANA, new Date(0))).toBe(false);
    await erase(one, clock.now());
    await other.refresh();

    expect(other.isErased(DANA, new Date(clock.now().getTime() - 1))).toBe(true);
    expect(other.isErased(DANA, clock.now())).toBe(false);
    expect(other.isErased({ ...DANA, locationId: 'other' }, new Date(0))).toBe(false);
    expect(other.isErased({ ...DANA, contactId: 'kim' }, new Date(0))).toBe(false);
  });

  it('is erased as of the last time', async () => {
    const persons = await replica();
    const later = new Date(clock.now().getTime() + 60_000);
    await erase(persons, later);
    await erase(persons, clock.now());
    await persons.refresh();

    expect(persons.isErased(DANA, new Date(later.getTime() - 1))).toBe(true);
  });

  it('stands nowhere in words', async () => {
    const persons = await replica();
    await erase(persons, clock.now());
    await keep(persons, '*', REFUSED_AT);

    const stored = JSON.stringify([
      await database.kysely.selectFrom('erased_contact').selectAll().execute(),
      await database.kysely.selectFrom('kept_refusal').selectAll().execute(),
    ]);
    expect(stored).not.toMatch(/dana|9725550143/);
  });
});

describe('a refusal that was kept', () => {
  it('is found in every replica by any address, the newest first', async () => {
    const [one, other] = await Promise.all([replica(), replica()]);
    const later = new Date(REFUSED_AT.getTime() + 1_000);
    await keep(one, 'SMS', REFUSED_AT);
    await keep(one, 'Email', later);
    await erase(one, later);
    await other.refresh();

    expect(await other.refusalKept('loc', { contactId: 'new', phone: '972-555-0143' })).toEqual([
      { channel: 'Email', refusedAt: later, by: 'phone' },
      { channel: 'SMS', refusedAt: REFUSED_AT, by: 'phone' },
    ]);
    expect(await other.refusalKept('loc', { contactId: 'dana' })).toHaveLength(2);
    expect(await other.refusalKept('loc', { contactId: 'kim', email: 'kim@b.c' })).toEqual([]);
    expect(await other.refusalKept('loc', {})).toEqual([]);
  });

  it('is of its latest time', async () => {
    const persons = await replica();
    const later = new Date(REFUSED_AT.getTime() + 1_000);
    await keep(persons, '*', later);
    await keep(persons, '*', REFUSED_AT);
    await erase(persons, later);
    await persons.refresh();

    expect(await persons.refusalKept('loc', { phone: PHONE })).toEqual([
      { channel: '*', refusedAt: later, by: 'phone' },
    ]);
  });
});
