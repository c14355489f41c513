import { Injectable } from '@nestjs/common';
import { sql, type Kysely } from 'kysely';
import type { DatabaseTables } from '../../database/database.types.js';
import type { DatabaseTransaction } from '../../database/transactions.js';
import { leadKeyText, type LeadKey } from '../../leads/lead-key.js';
import {
  OUTCOME_STRENGTH,
  supersedes,
  type KnownOutcome,
  type OutcomeStanding,
} from './outcome-standing.js';

/** What became of one lead, to be kept. */
export interface LeadOutcome extends LeadKey, OutcomeStanding {}

interface OutcomeRow {
  readonly location_id: string;
  readonly contact_id: string;
  readonly outcome: KnownOutcome;
  readonly field: string | null;
  readonly value: string | null;
  readonly occurred_at: Date;
  readonly announced: boolean;
}

/** One row per lead: where it stands. */
@Injectable()
export class OutcomeRepository {
  /** @returns standings by `leadKeyText`; a lead of which nothing is known is absent */
  async findStandings(
    executor: Kysely<DatabaseTables>,
    leads: readonly LeadKey[],
  ): Promise<ReadonlyMap<string, OutcomeStanding>> {
    if (leads.length === 0) return new Map();
    const { rows } = await sql<OutcomeRow>`
      select location_id, contact_id, outcome, field, value, occurred_at, announced
      from lead_outcome
      join unnest(
        ${leads.map((lead) => lead.locationId)}::text[],
        ${leads.map((lead) => lead.contactId)}::text[]
      ) as wanted (location_id, contact_id) using (location_id, contact_id)`.execute(executor);
    return new Map(rows.map((row) => [rowKey(row), standingOf(row)]));
  }

  /**
   * Keeps those that `supersedes` lets pass; the statement repeats the rule, because the rows may
   * have changed since they were read.
   *
   * @returns the outcomes that were newer than what was kept
   */
  async record(
    trx: DatabaseTransaction,
    outcomes: readonly LeadOutcome[],
    recordedAt: Date,
  ): Promise<ReadonlySet<LeadOutcome>> {
    const newest = newestByLead(outcomes);
    const candidates = [...newest.values()];
    if (candidates.length === 0) return new Set();
    const column = <T>(read: (outcome: LeadOutcome) => T): T[] => candidates.map(read);
    const { rows } = await sql<Pick<OutcomeRow, 'location_id' | 'contact_id'>>`
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
      returning location_id, contact_id`.execute(trx);
    return new Set(rows.flatMap((row) => newest.get(rowKey(row)) ?? []));
  }
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

function standingOf({
  outcome,
  field,
  value,
  occurred_at,
  announced,
}: OutcomeRow): OutcomeStanding {
  return { outcome, field, value, occurredAt: occurred_at, announced };
}
