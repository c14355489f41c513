import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { NO_CONVERSION, type ConversionRecord } from '../../../src/conversions/conclude-change.js';
import {
  ConversionRepository,
  MAX_STATUSES_PER_LOCATION,
} from '../../../src/conversions/conversion.repository.js';
import {
  OUTCOME_STRENGTH,
  supersedes,
  type KnownOutcome,
  type LeadOutcome,
} from '../../../src/conversions/outcome-standing.js';
import type { UnmappedStatus } from '../../../src/conversions/read-change.js';
import { sampleChange } from '../../../src/conversions/testing/sample-change.js';
import type { Database } from '../../../src/database/database.js';
import { openDatabase } from '../../../src/database/open-database.js';
import { execute } from '../../../src/database/reading.js';
import { Transactions } from '../../../src/database/transactions.js';
import type { Delivery } from '../../../src/leads/crm-event.js';
import { leadKeyText } from '../../../src/leads/lead-key.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';

const NOW = new Date('2026-03-02T16:00:00.000Z');
const conversions = new ConversionRepository();
let testDatabase: TestDatabase;
let database: Database;
let transactions: Transactions;

beforeAll(async () => {
  Logger.overrideLogger(false);
  testDatabase = await createTestDatabase();
  database = await openDatabase({ databaseUrl: testDatabase.url, dataDir: '', poolSize: 4 });
  transactions = new Transactions(database);
});

afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});

beforeEach(async () => {
  await database.pool.query('truncate lead_outcome, lead_milestone, unmapped_status');
});

const stands = (
  outcome: KnownOutcome,
  minute: number,
  changes: Partial<LeadOutcome> = {},
): LeadOutcome => ({
  locationId: 'loc-1',
  contactId: 'contact-1',
  outcome,
  field: 'status',
  value: outcome,
  occurredAt: new Date(Date.UTC(2026, 2, 2, 15, minute)),
  announced: false,
  ...changes,
});

const record = (rows: readonly LeadOutcome[]) =>
  transactions.inTransaction((trx) => conversions.recordOutcomes(rows, NOW).on(trx));

const standingOf = async (contactId = 'contact-1') => {
  const key = { locationId: 'loc-1', contactId };
  return (await conversions.findStandings([key]).on(database.kysely)).get(leadKeyText(key));
};

describe('where leads stand', () => {
  it('is kept in one go, and found again', async () => {
    const rows = [stands('active', 1), stands('lost', 2, { contactId: 'contact-2' })];
    expect(await record(rows)).toEqual(new Set(rows));
    expect(await standingOf()).toEqual({
      outcome: 'active',
      field: 'status',
      value: 'active',
      occurredAt: new Date('2026-03-02T15:01:00.000Z'),
      announced: false,
    });
    expect(await standingOf('contact-2')).toMatchObject({ outcome: 'lost' });
    expect(await standingOf('contact-3')).toBeUndefined();
  });

  it('is not undone by an old event that arrives late', async () => {
    await record([stands('converted', 5, { announced: true })]);
    expect(await record([stands('lost', 4)])).toEqual(new Set());
    expect(await standingOf()).toMatchObject({ outcome: 'converted', announced: true });
  });

  it('is the newest of a batch that names a lead several times', async () => {
    const newest = stands('active', 9);
    expect(await record([stands('lost', 3), newest, stands('converted', 5)])).toEqual(
      new Set([newest]),
    );
    expect(await standingOf()).toMatchObject({ outcome: 'active' });
  });

  it('follows the same rule in the database as in memory', async () => {
    for (const before of OUTCOME_STRENGTH) {
      for (const after of OUTCOME_STRENGTH) {
        for (const minute of [4, 5, 6]) {
          await database.pool.query('truncate lead_outcome');
          const standing = stands(before, 5);
          const candidate = stands(after, minute);
          await record([standing]);
          const isNewer = (await record([candidate])).has(candidate);
          expect([before, after, minute, isNewer]).toEqual([
            before,
            after,
            minute,
            supersedes(candidate, standing),
          ]);
        }
      }
    }
  });

  it('is the same whichever of two transactions comes first', async () => {
    await Promise.all([record([stands('converted', 1)]), record([stands('lost', 1)])]);
    expect(await standingOf()).toMatchObject({ outcome: 'lost' });
  });
});

const delivery = (deliveryId: string): Delivery => ({
  locationId: 'loc-1',
  deliveryId,
  claims: [],
  scheme: 'hmac',
  body: '{}',
  event: sampleChange(),
});

const conversion = (changes: Partial<ConversionRecord>): ConversionRecord => ({
  ...NO_CONVERSION,
  ...changes,
});

const save = (rows: readonly (readonly [string, ConversionRecord])[]) =>
  transactions.inTransaction((trx) =>
    execute(
      trx,
      conversions.save({
        decided: rows.map(([id, kept]) => ({ delivery: delivery(id), conversion: kept })),
        at: NOW,
      }),
    ),
  );

const seen = (value: string, changes: Partial<UnmappedStatus> = {}): UnmappedStatus => ({
  locationId: 'loc-1',
  statusKey: value.toLowerCase(),
  field: 'status',
  value,
  seenAt: NOW,
  ...changes,
});

const listUnmapped = () =>
  database.kysely
    .selectFrom('unmapped_status')
    .selectAll()
    .orderBy('location_id')
    .orderBy('status_key')
    .execute();

describe('the repository of conversions', () => {
  it('keeps outcome, milestones and unknown statuses of a batch', async () => {
    await save([
      ['d-1', conversion({ outcome: stands('converted', 1), milestones: ['converted'] })],
      ['d-2', conversion({ unmapped: seen('Banana') })],
      ['d-3', NO_CONVERSION],
    ]);
    expect(await standingOf()).toMatchObject({ outcome: 'converted' });
    expect(await listUnmapped()).toHaveLength(1);
    const kept = await database.kysely.selectFrom('lead_milestone').selectAll().execute();
    expect(kept).toEqual([
      {
        location_id: 'loc-1',
        contact_id: 'contact-1',
        kind: 'converted',
        occurred_at: sampleChange().occurredAt,
        delivery_id: 'd-1',
      },
    ]);
  });

  it('counts a milestone of a delivery once', async () => {
    const kept = conversion({ milestones: ['reply', 'opted_out'] });
    await save([['d-1', kept]]);
    await save([['d-1', kept]]);
    expect(await database.kysely.selectFrom('lead_milestone').selectAll().execute()).toHaveLength(
      2,
    );
  });

  it('finds the standings of the leads that deliveries change', async () => {
    await record([stands('active', 1)]);
    const message = {
      ...delivery('d-2'),
      event: { ...sampleChange(), kind: 'other', known: true },
    };
    const change = delivery('d-1');
    const found = await transactions.inTransaction((trx) =>
      conversions.load([change, message as Delivery]).on(trx),
    );
    expect([...found.keys()]).toEqual([change]);
    expect(found.get(change)?.standing).toMatchObject({ outcome: 'active' });
  });
});

describe('unknown statuses', () => {
  const count = (statuses: readonly UnmappedStatus[]) =>
    transactions.inTransaction((trx) => execute(trx, conversions.recordUnmapped(statuses)));

  it('are counted within and over batches, per location, with the latest spelling', async () => {
    const later = new Date(NOW.getTime() + 60_000);
    await count([seen('banana'), seen('Banana'), seen('banana', { locationId: 'loc-2' })]);
    await count([seen('BANANA', { seenAt: later, field: 'stage' })]);
    expect(await listUnmapped()).toMatchObject([
      { value: 'BANANA', field: 'stage', seen_count: 3, first_seen: NOW, last_seen: later },
      { location_id: 'loc-2', value: 'banana', seen_count: 1 },
    ]);
  });

  it('are bounded per location; those already listed still count', async () => {
    const many = Array.from({ length: MAX_STATUSES_PER_LOCATION + 50 }, (_, index) =>
      seen(`status ${String(index).padStart(4, '0')}`),
    );
    await count(many.slice(0, 150));
    await count(many);
    await count([seen('zzz'), seen('status 0000'), seen('zzz', { locationId: 'loc-2' })]);
    const rows = await listUnmapped();
    expect(rows.filter(({ location_id }) => location_id === 'loc-1')).toHaveLength(200);
    expect(rows[0]).toMatchObject({ value: 'status 0000', seen_count: 3 });
    expect(rows.at(-1)).toMatchObject({ location_id: 'loc-2', value: 'zzz' });
  });

  it('never deadlock when batches name them in any order', async () => {
    const names = ['a', 'b', 'c', 'd'].map((value) => seen(value));
    const orders = [names, [...names].reverse()];
    await Promise.all(Array.from({ length: 20 }, (_, turn) => count(orders[turn % 2] ?? names)));
    expect((await listUnmapped()).map(({ seen_count }) => seen_count)).toEqual([20, 20, 20, 20]);
  });
});
