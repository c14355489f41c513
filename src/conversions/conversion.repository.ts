import { Injectable } from '@nestjs/common';
import { sql, type Selectable } from 'kysely';
import { Reading, type Statement } from '../database/reading.js';
import type { Delivery } from '../leads/crm-event.js';
import { leadKeyText, type LeadKey } from '../leads/lead-key.js';
import type { ConversionRecord } from './conclude-change.js';
import type { LeadOutcomeTable } from './conversion.tables.js';
import {
  OUTCOME_STRENGTH,
  supersedes,
  type KnownOutcome,
  type LeadOutcome,
  type OutcomeStanding,
} from './outcome-standing.js';
import type { MilestoneKind, UnmappedStatus } from './read-change.js';

/** Statuses listed per location: more are noise to an operator, and a sender must not fill the disk. */
export const MAX_STATUSES_PER_LOCATION = 200;

/** A delivery and what is to be kept of it. */
export interface RecordedDelivery {
  readonly delivery: Delivery;
  readonly conversion: ConversionRecord;
}

interface LeadMilestone extends LeadKey {
  readonly kind: MilestoneKind;
  /** The event's own time. */
  readonly occurredAt: Date;
  readonly deliveryId: string;
}

interface SeenStatus extends UnmappedStatus {
  readonly count: number;
  readonly firstSeen: Date;
  readonly lastSeen: Date;
}

interface OutcomeRow extends Omit<Selectable<LeadOutcomeTable>, 'recorded_at'> {
  readonly outcome: KnownOutcome;
}

/**
 * Takes part in the intake transaction with what became of leads: where each stands, what it did (for
 * the reports, append-only), and the statuses that nobody understood, with how often.
 */
@Injectable()
export class ConversionRepository {
  /** Where the leads that these deliveries change stand. */
  load(
    deliveries: readonly Delivery[],
  ): Reading<ReadonlyMap<Delivery, { readonly standing: OutcomeStanding | null }>> {
    const changes = deliveries.filter(({ event }) => event.kind === 'change');
    return this.findStandings(changes.map(leadOf)).map(
      (standings) =>
        new Map(
          changes.map((delivery) => [
            delivery,
            { standing: standings.get(leadKeyText(leadOf(delivery))) ?? null },
          ]),
        ),
    );
  }

  save({
    decided,
    at,
  }: {
    readonly decided: readonly RecordedDelivery[];
    readonly at: Date;
  }): readonly Statement[] {
    const conversions = decided.map(({ conversion }) => conversion);
    const outcomes = conversions.flatMap(({ outcome }) => outcome ?? []);
    return [
      ...this.recordOutcomes(outcomes, at).statements,
      ...this.recordMilestones(decided.flatMap(milestonesIn)),
      ...this.recordUnmapped(conversions.flatMap(({ unmapped }) => unmapped ?? [])),
    ];
  }

  /** @returns standings by `leadKeyText`; a lead of which nothing is known is absent */
  findStandings(leads: readonly LeadKey[]): Reading<ReadonlyMap<string, OutcomeStanding>> {
    if (leads.length === 0) return Reading.known(new Map());
    return Reading.of(
      sql<OutcomeRow>`
      select location_id, contact_id, outcome, field, value, occurred_at, announced
      from lead_outcome
      join unnest(
        ${leads.map((lead) => lead.locationId)}::text[],
        ${leads.map((lead) => lead.contactId)}::text[]
      ) as wanted (location_id, contact_id) using (location_id, contact_id)`,
    ).map((rows) => new Map(rows.map((row) => [rowKey(row), standingOf(row)])));
  }

  /**
   * Keeps those that `supersedes` lets pass; the statement repeats the rule, because the rows may
   * have changed since they were read.
   *
   * @returns the outcomes that were newer than what was kept
   */
  recordOutcomes(
    outcomes: readonly LeadOutcome[],
    recordedAt: Date,
  ): Reading<ReadonlySet<LeadOutcome>> {
    const newest = newestByLead(outcomes);
    const candidates = [...newest.values()];
    if (candidates.length === 0) return Reading.known(new Set());
    const column = <T>(read: (outcome: LeadOutcome) => T): T[] => candidates.map(read);
    return Reading.of(
      sql<Pick<OutcomeRow, 'location_id' | 'contact_id'>>`
      insert into lead_outcome
        (location_id, contact_id, outcome, field, value, occurred_at, announced, recorded_at)
      select wanted.*, ${recordedAt}::timestamptz
      from unnest(
        ${column(({ locationId }) => locationId)}::text[],
        ${column(({ contactId }) => contactId)}::text[],
        ${column(({ outcome }) => outcome)}::text[],
        ${column(({ field }) => field)}::text[],
        ${column(({ value }) => value)}::text[],
        ${column(({ occurredAt }) => occurredAt)}::timestamptz[],
        ${column(({ announced }) => announced)}::boolean[]
      ) as wanted (location_id, contact_id, outcome, field, value, occurred_at, announced)
      order by location_id, contact_id
      on conflict (location_id, contact_id) do update set
        outcome = excluded.outcome, field = excluded.field, value = excluded.value,
        occurred_at = excluded.occurred_at, announced = excluded.announced, recorded_at = excluded.recorded_at
      where (excluded.occurred_at, array_position(${OUTCOME_STRENGTH}::text[], excluded.outcome))
        > (lead_outcome.occurred_at, array_position(${OUTCOME_STRENGTH}::text[], lead_outcome.outcome))
      returning location_id, contact_id`,
    ).map((rows) => new Set(rows.flatMap((row) => newest.get(rowKey(row)) ?? [])));
  }

  /** A milestone that the same delivery has brought before is left as it is. */
  private recordMilestones(milestones: readonly LeadMilestone[]): readonly Statement[] {
    if (milestones.length === 0) return [];
    const column = <T>(read: (milestone: LeadMilestone) => T): T[] => milestones.map(read);
    return [
      sql`
      insert into lead_milestone (location_id, contact_id, kind, occurred_at, delivery_id)
      select * from unnest(
        ${column(({ locationId }) => locationId)}::text[],
        ${column(({ contactId }) => contactId)}::text[],
        ${column(({ kind }) => kind)}::text[],
        ${column(({ occurredAt }) => occurredAt)}::timestamptz[],
        ${column(({ deliveryId }) => deliveryId)}::text[]
      ) as wanted (location_id, contact_id, kind, occurred_at, delivery_id)
      order by location_id, contact_id, kind, delivery_id
      on conflict do nothing`,
    ];
  }

  /**
   * Counts these. A location whose list is full gets no new entries until the operator has mapped
   * some; two batches at the same moment may each add up to the bound.
   */
  recordUnmapped(statuses: readonly UnmappedStatus[]): readonly Statement[] {
    const seen = countByKey(statuses);
    if (seen.length === 0) return [];
    const column = <T>(read: (status: SeenStatus) => T): T[] => seen.map(read);
    return [
      sql`
      with seen as (
        select wanted.*, known.location_id is not null as is_listed,
          row_number() over (partition by wanted.location_id, known.location_id is null order by wanted.status_key) as position
        from unnest(
          ${column(({ locationId }) => locationId)}::text[],
          ${column(({ statusKey }) => statusKey)}::text[],
          ${column(({ field }) => field)}::text[],
          ${column(({ value }) => value)}::text[],
          ${column(({ count }) => count)}::bigint[],
          ${column(({ firstSeen }) => firstSeen)}::timestamptz[],
          ${column(({ lastSeen }) => lastSeen)}::timestamptz[]
        ) as wanted (location_id, status_key, field, value, seen_count, first_seen, last_seen)
        left join unmapped_status as known using (location_id, status_key)
      )
      insert into unmapped_status
        (location_id, status_key, field, value, seen_count, first_seen, last_seen)
      select location_id, status_key, field, value, seen_count, first_seen, last_seen
      from seen
      where is_listed or position <= ${MAX_STATUSES_PER_LOCATION} - (
        select count(*) from unmapped_status as listed where listed.location_id = seen.location_id
      )
      order by location_id, status_key
      on conflict (location_id, status_key) do update set
        field = excluded.field, value = excluded.value,
        seen_count = unmapped_status.seen_count + excluded.seen_count,
        last_seen = greatest(unmapped_status.last_seen, excluded.last_seen)`,
    ];
  }
}

function leadOf({ locationId, event }: Delivery): LeadKey {
  return { locationId, contactId: event.contactId ?? '' };
}

function milestonesIn({ delivery, conversion }: RecordedDelivery): readonly LeadMilestone[] {
  const { deliveryId, event } = delivery;
  const { occurredAt } = event;
  return conversion.milestones.map((kind) => ({
    ...leadOf(delivery),
    kind,
    occurredAt,
    deliveryId,
  }));
}

/** One statement cannot change a row twice, so of several outcomes of a lead the newest travels. */
function newestByLead(outcomes: readonly LeadOutcome[]): ReadonlyMap<string, LeadOutcome> {
  const newest = new Map<string, LeadOutcome>();
  for (const outcome of outcomes) {
    const key = leadKeyText(outcome);
    if (supersedes(outcome, newest.get(key) ?? null)) newest.set(key, outcome);
  }
  return newest;
}

function rowKey({ location_id, contact_id }: Pick<OutcomeRow, 'location_id' | 'contact_id'>) {
  return leadKeyText({ locationId: location_id, contactId: contact_id });
}

function standingOf(row: OutcomeRow): OutcomeStanding {
  const { outcome, field, value, occurred_at: occurredAt, announced } = row;
  return { outcome, field, value, occurredAt, announced };
}

/** One row per status: a statement cannot change a row twice. */
function countByKey(statuses: readonly UnmappedStatus[]): readonly SeenStatus[] {
  const seen = new Map<string, SeenStatus>();
  for (const status of statuses) {
    const key = JSON.stringify([status.locationId, status.statusKey]);
    const { count, firstSeen } = seen.get(key) ?? { count: 0, firstSeen: status.seenAt };
    seen.set(key, { ...status, count: count + 1, firstSeen, lastSeen: status.seenAt });
  }
  return [...seen.values()];
}
