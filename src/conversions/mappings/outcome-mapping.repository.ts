import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Database } from '../../database/database.js';
import type { DatabaseTransaction } from '../../database/transactions.js';
import { OUTCOMES, type Outcome } from '../../growth/growth-feature.js';
import { Keyset } from '../../http/admin/keyset.js';
import type { Page, PageQuery } from '../../http/admin/page.js';
import {
  ALL_LOCATIONS,
  type OutcomeMapping,
  type OutcomeMappingChange,
} from './outcome-mapping.js';

/** Tells every replica that the mappings have changed. */
export const OUTCOME_MAPPINGS_CHANNEL = 'growthgate_outcome_mappings';

export interface StoredOutcomeMapping extends OutcomeMapping {
  readonly updatedAt: Date;
}

const ORDER = new Keyset({ locationId: 'text', statusKey: 'text' });

@Injectable()
export class OutcomeMappingRepository {
  constructor(private readonly database: Database) {}

  async list(): Promise<readonly StoredOutcomeMapping[]> {
    return this.known().execute();
  }

  /** @throws {ProblemException} 400 for a cursor that is none of ours */
  async listPage(query: PageQuery): Promise<Page<StoredOutcomeMapping>> {
    const after = ORDER.after(query);
    let mappings = this.known();
    if (after !== undefined) {
      mappings = mappings.where(({ eb, refTuple, tuple }) =>
        eb(refTuple('location_id', 'status_key'), '>', tuple(after.locationId, after.statusKey)),
      );
    }
    return ORDER.page(await mappings.limit(query.limit + 1).execute(), query);
  }

  /**
   * Sets and removes; what is not named stays. A status that now has a meaning leaves the list of the
   * unmapped ones.
   *
   * @param changes which differ in location or status
   */
  async apply(
    trx: DatabaseTransaction,
    changes: readonly OutcomeMappingChange[],
    now: Date,
  ): Promise<void> {
    const removed = changes.filter(({ outcome }) => outcome === null);
    const set = changes.filter(({ outcome }) => outcome !== null);
    await this.remove(trx, removed);
    await this.set(trx, set, now);
    await this.forgetUnmapped(trx, set);
    await sql`select pg_notify(${OUTCOME_MAPPINGS_CHANNEL}, '')`.execute(trx);
  }

  /** By location and status. An outcome that this build does not know, from a newer replica, is left out. */
  private known() {
    return this.database.kysely
      .selectFrom('outcome_mapping')
      .select([
        'location_id as locationId',
        'status_key as statusKey',
        'outcome',
        'updated_at as updatedAt',
      ])
      .where('outcome', 'in', OUTCOMES)
      .orderBy('location_id')
      .orderBy('status_key')
      .$narrowType<{ outcome: Outcome }>();
  }

  private async remove(
    trx: DatabaseTransaction,
    changes: readonly OutcomeMappingChange[],
  ): Promise<void> {
    await sql`
      delete from outcome_mapping
      using unnest(
        ${changes.map(({ locationId }) => locationId)}::text[],
        ${changes.map(({ statusKey }) => statusKey)}::text[]
      ) as removed (location_id, status_key)
      where outcome_mapping.location_id = removed.location_id
        and outcome_mapping.status_key = removed.status_key`.execute(trx);
  }

  private async set(
    trx: DatabaseTransaction,
    changes: readonly OutcomeMappingChange[],
    now: Date,
  ): Promise<void> {
    await sql`
      insert into outcome_mapping (location_id, status_key, outcome, updated_at)
      select wanted.*, ${now}::timestamptz
      from unnest(
        ${changes.map(({ locationId }) => locationId)}::text[],
        ${changes.map(({ statusKey }) => statusKey)}::text[],
        ${changes.map(({ outcome }) => outcome)}::text[]
      ) as wanted (location_id, status_key, outcome)
      order by location_id, status_key
      on conflict (location_id, status_key) do update
        set outcome = excluded.outcome, updated_at = excluded.updated_at`.execute(trx);
  }

  private async forgetUnmapped(
    trx: DatabaseTransaction,
    changes: readonly OutcomeMappingChange[],
  ): Promise<void> {
    await sql`
      delete from unmapped_status
      using unnest(
        ${changes.map(({ locationId }) => locationId)}::text[],
        ${changes.map(({ statusKey }) => statusKey)}::text[]
      ) as mapped (location_id, status_key)
      where unmapped_status.status_key = mapped.status_key
        and mapped.location_id in (unmapped_status.location_id, ${ALL_LOCATIONS})`.execute(trx);
  }
}
