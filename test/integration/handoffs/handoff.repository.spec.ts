import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { sampleMessage } from '../../../src/conversions/testing/sample-change.js';
import { execute } from '../../../src/database/reading.js';
import type { EffectRequest } from '../../../src/effects/effect.repository.js';
import { HandoffStore } from '../../../src/handoffs/handoff-store.js';
import { planOpening } from '../../../src/handoffs/plan-handoff.js';
import type { Delivery } from '../../../src/leads/crm-event.js';
import type { NewHandoff } from '../../../src/handoffs/handoff.js';
import {
  UNRESOLVED_CONSTRAINT,
  type HandoffMark,
} from '../../../src/handoffs/handoff.repository.js';
import {
  SAMPLE_OPENED_AT,
  SAMPLE_OPTIONS,
  sampleHandoff,
  sampleRequest,
} from '../../../src/handoffs/testing/sample-handoffs.js';
import { leadKeyText } from '../../../src/leads/lead-key.js';
import { createHandoffDatabase, type HandoffDatabase } from './handoff-database.js';

const AT = new Date('2026-03-02T15:03:00.000Z');
const LATE = new Date('2026-03-02T15:05:00.000Z');

function deliveryFor(contactId: string): Delivery {
  return {
    locationId: 'loc',
    deliveryId: `delivery-${contactId}`,
    claims: [],
    scheme: 'hmac',
    body: '{}',
    event: { ...sampleMessage('hello'), locationId: 'loc', contactId },
  };
}

function mark(handoffId: number, by = 'user-a', deliveryId = 'delivery-2'): HandoffMark {
  return { handoffId, by, at: AT, deliveryId };
}

/** Until a statement of this database waits for a row that another transaction holds. */
async function untilSomebodyWaits({ kysely }: HandoffDatabase): Promise<void> {
  for (;;) {
    const { rows } = await sql`
      select 1 from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`.execute(kysely);
    if (rows.length > 0) return;
  }
}

describe('HandoffRepository', () => {
  let db: HandoffDatabase;

  beforeAll(async () => {
    db = await createHandoffDatabase();
  });
  afterAll(() => db.drop());
  beforeEach(() => db.clear());

  const rows = () => db.kysely.selectFrom('handoff').selectAll().orderBy('handoff_id').execute();
  const open = (records: readonly NewHandoff[]) =>
    db.inTransaction((trx) => execute(trx, db.handoffs.open(records)));
  const milestones = () =>
    db.kysely
      .selectFrom('lead_milestone')
      .select(['contact_id', 'kind', 'occurred_at', 'delivery_id'])
      .orderBy('occurred_at')
      .execute();

  it('draws numbers that nobody else draws, and none when none are wanted', async () => {
    const drawn = await Promise.all(
      Array.from({ length: 5 }, () => db.inTransaction((trx) => db.handoffs.reserveIds(3).on(trx))),
    );
    expect(new Set(drawn.flat()).size).toBe(15);
    expect(await db.inTransaction((trx) => db.handoffs.reserveIds(0).on(trx))).toEqual([]);
  });

  it('shares out a batch in turn', async () => {
    const opening = planOpening(sampleRequest(), SAMPLE_OPTIONS);
    const batch = ['a', 'b', 'c', 'd'].map((contactId) => ({
      delivery: deliveryFor(contactId),
      handoff: { kind: 'open', opening } as const,
    }));
    const asked: EffectRequest[] = [];
    const ask = (requests: readonly EffectRequest[]): void => void asked.push(...requests);
    await db.inTransaction((trx) =>
      new HandoffStore(db.handoffs)
        .save({
          decided: batch,
          loaded: new Map(),
          at: SAMPLE_OPENED_AT,
          ask,
          read: (reading) => reading.on(trx),
        })
        .then((statements) => execute(trx, statements)),
    );
    const opened = await db.kysely
      .selectFrom('handoff')
      .selectAll()
      .orderBy('contact_id')
      .execute();
    const users = opened.map(({ assigned_to }) => assigned_to);
    expect(asked.filter(({ draft }) => draft.payload.kind === 'create_task')).toHaveLength(4);
    expect(opened.map(({ contact_id }) => contact_id)).toEqual(['a', 'b', 'c', 'd']);
    expect(users[0]).not.toBe(users[1]);
    expect(users.slice(2)).toEqual(users.slice(0, 2));
  });

  it('opens a batch and records its milestones', async () => {
    const records = [
      sampleHandoff({ handoffId: 9_001, contactId: 'b' }),
      sampleHandoff({ handoffId: 9_002, contactId: 'a', assignedTo: null }),
    ];
    await open(records);

    const found = await db.handoffs.findOpen(records).on(db.kysely);
    expect([...found.values()].map(({ handoffId }) => handoffId).sort()).toEqual([9_001, 9_002]);
    expect(found.get(leadKeyText({ locationId: 'loc', contactId: 'a' }))).toEqual({
      ...records[1],
      state: 'open',
      breachedAt: null,
      acknowledgedAt: null,
      acknowledgedBy: null,
      resolvedAt: null,
      resolvedBy: null,
    });
    expect(await milestones()).toMatchObject([
      { kind: 'handoff_opened', delivery_id: 'delivery-1' },
      { kind: 'handoff_opened', delivery_id: 'delivery-1' },
    ]);
  });

  it('opens one when several open at the same moment, and tells the others', async () => {
    const outcomes = await Promise.allSettled(
      [9_001, 9_002, 9_003, 9_004].map((handoffId) => open([sampleHandoff({ handoffId })])),
    );
    const failed = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(failed.map(({ reason }) => (reason as { constraint: unknown }).constraint)).toEqual(
      Array.from({ length: 3 }, () => UNRESOLVED_CONSTRAINT),
    );
    expect(await rows()).toHaveLength(1);
    expect(await milestones()).toHaveLength(1);
  });

  it('opens the next when the last is resolved', async () => {
    const first = await db.open('contact');
    await expect(db.open('contact')).rejects.toThrow(UNRESOLVED_CONSTRAINT);
    await db.inTransaction((trx) => db.handoffs.resolve([mark(first)]).on(trx));
    const third = await db.open('contact', { deliveryId: 'delivery-3' });

    expect((await rows()).map(({ handoff_id }) => handoff_id)).toEqual([first, third]);
  });

  it('finds what is unresolved, of these leads only', async () => {
    const [open, taken, over] = [await db.open('a'), await db.open('b'), await db.open('c')];
    await db.open('d');
    await db.inTransaction(async (trx) => {
      await db.handoffs.acknowledge([mark(taken)]).on(trx);
      await db.handoffs.resolve([mark(over)]).on(trx);
    });
    const leads = ['a', 'b', 'c', 'nobody'].map((contactId) => ({ locationId: 'loc', contactId }));
    const found = await db.handoffs.findOpen(leads).on(db.kysely);

    expect([...found.values()].map(({ handoffId }) => handoffId).sort()).toEqual(
      [open, taken].sort(),
    );
    expect(await db.handoffs.findOpen([]).on(db.kysely)).toEqual(new Map());
  });

  it('acknowledges once: the first stands, and its milestone', async () => {
    const id = await db.open('contact');
    const changed = await Promise.all(
      ['user-a', 'user-b', 'user-c'].map((by) =>
        db.inTransaction((trx) => db.handoffs.acknowledge([mark(id, by, `by ${by}`)]).on(trx)),
      ),
    );
    const [winner] = changed.flat();

    expect(changed.flat()).toHaveLength(1);
    expect(winner).toMatchObject({ handoffId: id, state: 'acknowledged', acknowledgedAt: AT });
    expect((await rows())[0]?.acknowledged_by).toBe(winner?.acknowledgedBy);
    expect((await milestones())[1]).toEqual({
      contact_id: 'contact',
      kind: 'handoff_acknowledged',
      occurred_at: AT,
      delivery_id: `by ${winner?.acknowledgedBy ?? ''}`,
    });
  });

  it('acknowledges on the way what is resolved at once, and leaves an earlier acknowledgement alone', async () => {
    const [direct, taken] = [await db.open('a'), await db.open('b')];
    await db.inTransaction((trx) => db.handoffs.acknowledge([mark(taken, 'early', 'd')]).on(trx));
    const resolved = await db.inTransaction((trx) =>
      db.handoffs.resolve([mark(direct, 'late'), mark(taken, 'late')]).on(trx),
    );

    expect(resolved.map(({ state, acknowledgedBy }) => [state, acknowledgedBy]).sort()).toEqual([
      ['resolved', 'early'],
      ['resolved', 'late'],
    ]);
    const kinds = (await milestones()).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'handoff_acknowledged')).toHaveLength(2);
    expect(await db.inTransaction((trx) => db.handoffs.resolve([mark(direct)]).on(trx))).toEqual(
      [],
    );
  });

  it('is breached once, however many try', async () => {
    const id = await db.open('contact');
    const tries = await Promise.all(
      Array.from({ length: 6 }, () => db.inTransaction((trx) => db.handoffs.breach(trx, id, LATE))),
    );
    expect(tries.filter((handoff) => handoff !== undefined)).toMatchObject([
      { handoffId: id, breachedAt: LATE, state: 'open' },
    ]);
  });

  it.each(['acknowledge', 'resolve'] as const)(
    'is not breached after somebody did %s it',
    async (step) => {
      const id = await db.open('contact');
      await db.inTransaction((trx) => db.handoffs[step]([mark(id)]).on(trx));
      expect(await db.inTransaction((trx) => db.handoffs.breach(trx, id, LATE))).toBeUndefined();
    },
  );

  it('knows no breach of a handoff that does not exist', async () => {
    expect(await db.inTransaction((trx) => db.handoffs.breach(trx, 404, LATE))).toBeUndefined();
  });

  it('lets a deadline that waits for an acknowledgement see it', async () => {
    const id = await db.open('contact');
    const breaching = await db.inTransaction(async (trx) => {
      await db.handoffs.acknowledge([mark(id)]).on(trx);
      const breach = db.inTransaction((other) => db.handoffs.breach(other, id, LATE));
      await untilSomebodyWaits(db);
      return { breach };
    });

    expect(await breaching.breach).toBeUndefined();
    expect((await rows())[0]).toMatchObject({ state: 'acknowledged', breached_at: null });
  });

  it('stays as it was read while something is decided of it', async () => {
    const id = await db.open('contact');
    const deciding = await db.inTransaction(async (trx) => {
      await db.handoffs.lockOpen([{ locationId: 'loc', contactId: 'contact' }]).on(trx);
      const late = db.inTransaction((other) => db.handoffs.resolve([mark(id, 'late')]).on(other));
      await untilSomebodyWaits(db);
      await db.handoffs.resolve([mark(id, 'first')]).on(trx);
      return { late };
    });

    expect(await deciding.late).toEqual([]);
    expect((await rows())[0]).toMatchObject({ state: 'resolved', resolved_by: 'first' });
  });

  it('may be acknowledged after the breach, which stays on record', async () => {
    const id = await db.open('contact');
    await db.inTransaction((trx) => db.handoffs.breach(trx, id, LATE));
    await db.inTransaction((trx) => db.handoffs.acknowledge([mark(id)]).on(trx));
    expect((await rows())[0]).toMatchObject({ state: 'acknowledged', breached_at: LATE });
  });
});
