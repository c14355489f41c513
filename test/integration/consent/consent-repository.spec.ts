import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ConsentRepository } from '../../../src/consent/consent.repository.js';
import { refusedSince, type ConsentRegister } from '../../../src/consent/consent-register.js';
import type { Database } from '../../../src/database/database.js';
import { openDatabase } from '../../../src/database/open-database.js';
import { Retention } from '../../../src/database/retention.js';
import { Transactions } from '../../../src/database/transactions.js';
import { EMPTY_CONTEXT } from '../../../src/leads/lead-context.js';
import { LeadRepository } from '../../../src/leads/lead.repository.js';
import { FakeClock } from '../../../src/telemetry/testing/fake-clock.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';

const PHONE = '+12145550123';
const REFUSED_AT = '2026-03-01T12:00:00.123Z';
const clock = new FakeClock();

let testDatabase: TestDatabase;
let database: Database;
let consent: ConsentRepository;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase({ databaseUrl: testDatabase.url, dataDir: '', poolSize: 2 });
  const transactions = new Transactions(database);
  consent = new ConsentRepository(new Retention(database, clock), transactions);
  await consent.record([refusal('sms')], clock.now());
  await transactions.inTransaction(async (trx) => {
    const lead = { locationId: 'l', contactId: 'stored' };
    const leads = new LeadRepository(database);
    await leads.lock(trx, [lead], clock.now());
    const context = { ...EMPTY_CONTEXT, contact: { phone: PHONE } };
    await leads.saveContexts(trx, [{ ...lead, context }], clock.now());
  });
});
afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});

function refusal(origin: string) {
  const entry = {
    kind: 'refused',
    channel: 'SMS',
    address: `tel:${PHONE}`,
    at: REFUSED_AT,
    saidBy: 'lead',
    words: 'STOP',
  } as const;
  return { locationId: 'l', contactId: 'who-refused', origin, entries: [entry] };
}

async function registerOf(
  contactId: string,
  contact: { readonly phone?: string } = {},
  locationId = 'l',
): Promise<ConsentRegister> {
  const [register = []] = await database.ask(
    consent.registersOf([{ locationId, contactId, contact }]),
  );
  return register;
}

it.each([
  ['who refused', 'who-refused', {}, REFUSED_AT],
  ['who says to have the number', 'another', { phone: PHONE }, REFUSED_AT],
  ['who is known to have it', 'stored', {}, REFUSED_AT],
  ['who has another', 'another', { phone: '+19725550100' }, null],
])('stands for a contact %s', async (_name, contactId, contact, since) => {
  const register = await registerOf(contactId, contact);
  const known = contactId === 'stored' ? { phone: PHONE } : contact;
  expect(refusedSince(register, { contactId, contact: known }, 'SMS')).toBe(since);
});

it('stands in its location only, and once however often it arrives', async () => {
  await consent.record([refusal('sms')], clock.now());
  expect(await registerOf('another', { phone: PHONE }, 'elsewhere')).toEqual([]);
  expect(await registerOf('another', { phone: PHONE })).toHaveLength(1);
});
