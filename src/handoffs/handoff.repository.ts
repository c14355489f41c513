import { Injectable } from '@nestjs/common';
import { sql, type RawBuilder, type Selectable } from 'kysely';
import { Reading, type Statement } from '../database/reading.js';
import type { DatabaseTransaction } from '../database/transactions.js';
import { leadKeyText, type LeadKey } from '../leads/lead-key.js';
import type { Handoff, NewHandoff } from './handoff.js';
import type { HandoffTable } from './handoff.tables.js';

type HandoffRow = Selectable<HandoffTable>;

/** Violated when a lead has an unresolved handoff already. */
export const UNRESOLVED_CONSTRAINT = 'handoff_unresolved';

/** A person takes a handoff, or is done with it. */
export interface HandoffMark {
  readonly handoffId: number;
  readonly by: string;
  readonly at: Date;
  /** What brought the news: a delivery, or `admin:<handoff id>`. */
  readonly deliveryId: string;
}

/**
 * Handoffs and the milestones that reports count. Every change names the state it starts from, so
 * that of two that race only one applies.
 *
 * Call what changes handoffs before effects are enqueued in the same transaction: the timer takes
 * the handoff first and the lane second, and so must everybody else.
 */
@Injectable()
export class HandoffRepository {
  /** Numbers for handoffs about to be opened. A number that is not used leaves a gap, which does no harm. */
  reserveIds(count: number): Reading<readonly number[]> {
    if (count === 0) return Reading.known([]);
    return Reading.of(
      sql<{ handoff_id: number }>`
      select nextval(pg_get_serial_sequence('handoff', 'handoff_id')) as handoff_id
      from generate_series(1, ${count}::int)`,
    ).map((rows) => rows.map((row) => row.handoff_id));
  }

  /**
   * Opens these and records that they were opened. Fails on `UNRESOLVED_CONSTRAINT` when a lead has an
   * unresolved one already: nothing of an opening may go out then.
   */
  open(records: readonly NewHandoff[]): readonly Statement[] {
    if (records.length === 0) return [];
    const column = <T>(read: (record: NewHandoff) => T): T[] => records.map(read);
    return [
      sql`
      with opened as (
        insert into handoff (handoff_id, location_id, contact_id, state, reason_code, risk_level,
          assigned_to, opened_at, deadline_at, delivery_id, summary)
        select handoff_id, location_id, contact_id, 'open', reason_code, risk_level,
          assigned_to, opened_at, deadline_at, delivery_id, summary::jsonb
        from unnest(
          ${column((record) => record.handoffId)}::bigint[],
          ${column((record) => record.locationId)}::text[],
          ${column((record) => record.contactId)}::text[],
          ${column((record) => record.reasonCode)}::text[],
          ${column((record) => record.riskLevel)}::text[],
          ${column((record) => record.assignedTo)}::text[],
          ${column((record) => record.openedAt)}::timestamptz[],
          ${column((record) => record.deadlineAt)}::timestamptz[],
          ${column((record) => record.deliveryId)}::text[],
          ${column((record) => JSON.stringify(record.summary))}::text[]
        ) as wanted (handoff_id, location_id, contact_id, reason_code, risk_level,
          assigned_to, opened_at, deadline_at, delivery_id, summary)
        order by location_id, contact_id
        returning location_id, contact_id, opened_at, delivery_id
      )
      insert into lead_milestone (location_id, contact_id, kind, occurred_at, delivery_id)
      select location_id, contact_id, 'handoff_opened', opened_at, delivery_id from opened
      on conflict do nothing`,
    ];
  }

  /** The unresolved handoffs of these leads, by `leadKeyText`. */
  findOpen(leads: readonly LeadKey[]): Reading<ReadonlyMap<string, Handoff>> {
    return this.readOpen(leads, sql``);
  }

  /** The same, locked until the end of the transaction: what is decided of them stays true. */
  lockOpen(leads: readonly LeadKey[]): Reading<ReadonlyMap<string, Handoff>> {
    return this.readOpen(leads, sql`order by handoff_id for update of handoff`);
  }

  private readOpen(
    leads: readonly LeadKey[],
    lock: RawBuilder<unknown>,
  ): Reading<ReadonlyMap<string, Handoff>> {
    if (leads.length === 0) return Reading.known(new Map());
    return Reading.of(
      sql<HandoffRow>`
      select handoff.* from handoff
      join unnest(
        ${leads.map((lead) => lead.locationId)}::text[],
        ${leads.map((lead) => lead.contactId)}::text[]
      ) as wanted (location_id, contact_id) using (location_id, contact_id)
      where handoff.state <> 'resolved'
      ${lock}`,
    ).map((rows) => new Map(rows.map(toHandoff).map((handoff) => [leadKeyText(handoff), handoff])));
  }

  /** Locks one handoff until the end of the transaction, so that what is judged stays true. */
  async lock(trx: DatabaseTransaction, handoffId: number): Promise<Handoff | undefined> {
    const row = await trx
      .selectFrom('handoff')
      .selectAll()
      .where('handoff_id', '=', handoffId)
      .forUpdate()
      .executeTakeFirst();
    return row === undefined ? undefined : toHandoff(row);
  }

  /** @returns those that were open until now; the others are left as they are */
  acknowledge(marks: readonly HandoffMark[]): Reading<readonly Handoff[]> {
    if (marks.length === 0) return Reading.known([]);
    return Reading.of(
      sql<HandoffRow>`
      with taken as (
        update handoff
        set state = 'acknowledged', acknowledged_at = mark.marked_at, acknowledged_by = mark.marked_by
        from ${markRows(marks)}
        where handoff.handoff_id = mark.handoff_id and handoff.state = 'open'
        returning handoff.*, mark.marked_in
      ), recorded as (
        insert into lead_milestone (location_id, contact_id, kind, occurred_at, delivery_id)
        select location_id, contact_id, 'handoff_acknowledged', acknowledged_at, marked_in from taken
        on conflict do nothing
      )
      select * from taken`,
    ).map((rows) => rows.map(toHandoff));
  }

  /** Acknowledges first what nobody had acknowledged. @returns those that were unresolved until now */
  resolve(marks: readonly HandoffMark[]): Reading<readonly Handoff[]> {
    if (marks.length === 0) return Reading.known([]);
    const resolved = Reading.of(sql<HandoffRow>`
      update handoff
      set state = 'resolved', resolved_at = mark.marked_at, resolved_by = mark.marked_by
      from ${markRows(marks)}
      where handoff.handoff_id = mark.handoff_id and handoff.state = 'acknowledged'
      returning handoff.*`);
    return Reading.all([this.acknowledge(marks), resolved]).map(([, rows]) => rows.map(toHandoff));
  }

  /** Marks an open handoff as late. @returns it, once; undefined when somebody came, or when it was marked before */
  async breach(
    trx: DatabaseTransaction,
    handoffId: number,
    at: Date,
  ): Promise<Handoff | undefined> {
    const row = await trx
      .updateTable('handoff')
      .set({ breached_at: at })
      .where('handoff_id', '=', handoffId)
      .where(isLate)
      .where('breached_at', 'is', null)
      .returningAll()
      .executeTakeFirst();
    return row === undefined ? undefined : toHandoff(row);
  }

  async reassign(trx: DatabaseTransaction, handoffId: number, userId: string): Promise<void> {
    await trx
      .updateTable('handoff')
      .set({ assigned_to: userId })
      .where('handoff_id', '=', handoffId)
      .execute();
  }
}

/** Nobody has taken it, or somebody did after the deadline and before the timer ran. */
const isLate = sql<boolean>`(state = 'open' or acknowledged_at > deadline_at)`;

function markRows(marks: readonly HandoffMark[]) {
  return sql`unnest(
    ${marks.map((mark) => mark.handoffId)}::bigint[],
    ${marks.map((mark) => mark.by)}::text[],
    ${marks.map((mark) => mark.at)}::timestamptz[],
    ${marks.map((mark) => mark.deliveryId)}::text[]
  ) as mark (handoff_id, marked_by, marked_at, marked_in)`;
}

export function toHandoff(row: HandoffRow): Handoff {
  return {
    handoffId: row.handoff_id,
    locationId: row.location_id,
    contactId: row.contact_id,
    state: row.state,
    reasonCode: row.reason_code,
    riskLevel: row.risk_level,
    assignedTo: row.assigned_to,
    openedAt: row.opened_at,
    deadlineAt: row.deadline_at,
    breachedAt: row.breached_at,
    acknowledgedAt: row.acknowledged_at,
    acknowledgedBy: row.acknowledged_by,
    resolvedAt: row.resolved_at,
    resolvedBy: row.resolved_by,
    deliveryId: row.delivery_id,
    summary: row.summary,
  };
}
