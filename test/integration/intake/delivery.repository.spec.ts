import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import type { Database } from '../../../src/database/database.js';
import { openDatabase } from '../../../src/database/open-database.js';
import { execute } from '../../../src/database/reading.js';
import { Transactions, type DatabaseTransaction } from '../../../src/database/transactions.js';
import { withoutConsequence } from '../../../src/intake/decide/decision.js';
import { failedDelivery, type Decided } from '../../../src/intake/decider.js';
import { DeliveryRepository } from '../../../src/intake/delivery.repository.js';
import type { Delivery } from '../../../src/leads/crm-event.js';
import { DeliveryReadModel } from '../../../src/webhook/deliveries/delivery.read-model.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';
import { until } from '../../support/until.js';

const AT = new Date('2026-03-02T15:00:00Z');
const TEN_MINUTES_LATER = new Date(AT.getTime() + 600_000);
const DELIVERY: Delivery = {
  locationId: 'l',
  deliveryId: 'd',
  claims: [{ id: 'd', ttlSeconds: 600 }],
  scheme: 'hmac',
  body: '{}',
  event: {
    kind: 'other',
    locationId: 'l',
    type: 'SomethingNew',
    contactId: null,
    known: true,
    occurredAt: AT,
    receivedAt: AT,
  },
};
const DECIDED: Decided = {
  ...withoutConsequence('acknowledged'),
  delivery: DELIVERY,
  error: null,
  from: null,
};
const FAILED = failedDelivery(DELIVERY, new TypeError('a fault'));

let testDatabase: TestDatabase;
let database: Database;
let transactions: Transactions;
const deliveries = new DeliveryRepository();

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase({ databaseUrl: testDatabase.url, dataDir: '', poolSize: 4 });
  transactions = new Transactions(database);
});
afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});
beforeEach(async () => {
  for (const table of ['decided_delivery', 'delivery', 'delivery_claim'] as const) {
    await database.kysely.deleteFrom(table).execute();
  }
});

/** As intake does it. */
async function flush(
  one: Decided,
  at: Date,
  beforeCommit: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  await transactions.inTransaction(async (trx: DatabaseTransaction) => {
    const claimed = await deliveries.claim([DELIVERY], at).on(trx);
    if (claimed.has(DELIVERY)) await execute(trx, deliveries.save({ decided: [one], at }));
    await beforeCommit();
  });
}

function recordFailed(at: Date): Promise<void> {
  return transactions.inTransaction((trx) => deliveries.recordFailed(trx, FAILED, at));
}

/** For a transaction to end. */
async function isSomebodyWaiting(): Promise<boolean> {
  const { rows } = await sql`
    select from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`.execute(database.kysely);
  return rows.length > 0;
}

async function statesOf(): Promise<readonly string[]> {
  const { items } = await new DeliveryReadModel(database).listPage({ limit: 10 });
  return items.map(({ state }) => state);
}

describe('what is kept of a delivery', () => {
  it('that failed is replaced when it is decided, by a repeat of it', async () => {
    await flush(FAILED, AT);
    expect(await statesOf()).toEqual(['failed']);
    await flush(DECIDED, AT);
    expect(await statesOf()).toEqual(['acknowledged']);
  });

  it('that failed is replaced when it fails again', async () => {
    await flush(FAILED, AT);
    await recordFailed(AT);
    expect(await statesOf()).toEqual(['failed']);
  });

  it('that was decided stays when the same one fails beside its batch', async () => {
    await flush(DECIDED, AT);
    await recordFailed(AT);
    expect(await statesOf()).toEqual(['acknowledged']);
  });

  it('that fails beside its batch while the same one is decided is what was decided', async () => {
    let failing: Promise<void> | undefined;
    await flush(DECIDED, AT, async () => {
      failing = recordFailed(AT);
      await until(isSomebodyWaiting);
    });
    await failing;
    expect(await statesOf()).toEqual(['acknowledged']);
  });

  it('comes twice when its id comes again after its time', async () => {
    await flush(DECIDED, AT);
    await flush(DECIDED, TEN_MINUTES_LATER);
    expect(await statesOf()).toEqual(['acknowledged', 'acknowledged']);
  });

  it('that fails when its id comes again is what waits for a replay', async () => {
    await flush(DECIDED, AT);
    await recordFailed(TEN_MINUTES_LATER);
    const shown = await new DeliveryReadModel(database).get({ location: 'l', id: 'd' });
    expect(shown).toMatchObject({ state: 'failed', error: 'TypeError' });
  });
});
