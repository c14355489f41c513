import { Injectable } from '@nestjs/common';
import { sql, type Selectable } from 'kysely';
import { Database } from '../../database/database.js';
import type { DatabaseTransaction } from '../../database/transactions.js';
import { OUTCOMES, type Outcome } from '../../growth/growth-feature.js';
import { Keyset } from '../../http/admin/keyset.js';
import type { PageQuery } from '../../http/admin/page.js';
import type { OutcomeMappingTable } from '../conversion.tables.js';
import type {
  OutcomeMappingDto,
  OutcomeMappingPageDto,
  UnmappedStatusPageDto,
  UnmappedStatusQuery,
} from './outcome-mappings.dto.js';

/** Tells every replica that the mappings have changed. */
export const OUTCOME_MAPPINGS_CHANNEL = 'growthgate_outcome_mappings';

/** Stands for every location; what a location has set for itself wins. */
export const ALL_LOCATIONS = '*';

/** "Our stage X means converted." */
export interface OutcomeMappingRow extends Selectable<OutcomeMappingTable> {
  readonly outcome: Outcome;
}

/** What an operator asks for. */
export interface OutcomeMappingChange {
  /** A location's id, or `ALL_LOCATIONS`. */
  readonly locationId: string;
  readonly statusKey: string;
  /** Null takes the mapping away. */
  readonly outcome: Outcome | null;
}

const BY_STATUS = new Keyset('outcome-mappings', { location_id: 'text', status_key: 'text' });
const SEEN_LAST_FIRST = new Keyset('unmapped', {
  last_seen: 'time',
  location_id: 'text',
  status_key: 'text',
});

/** What operators have mapped, and what they may want to map. */
@Injectable()
export class OutcomeMappingRepository {
  constructor(private readonly database: Database) {}

  list(): Promise<OutcomeMappingRow[]> {
    return this.known().execute();
  }

  /** @throws {ProblemException} 400 for a cursor that is none of ours */
  async listPage(query: PageQuery): Promise<OutcomeMappingPageDto> {
    const after = BY_STATUS.after(query);
    let mappings = this.known();
    if (after !== undefined) {
      mappings = mappings.where(({ eb, refTuple, tuple }) =>
        eb(refTuple('location_id', 'status_key'), '>', tuple(after.location_id, after.status_key)),
      );
    }
    const { items, next_cursor } = BY_STATUS.page(
      await mappings.limit(query.limit + 1).execute(),
      query,
    );
    return { items: items.map(mappingDto), next_cursor };
  }

  /** All of them on one page. */
  async listWhole(): Promise<OutcomeMappingPageDto> {
    const rows = await this.list();
    return { items: rows.map(mappingDto), next_cursor: null };
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

  /**
   * The one seen last first; one that is seen again goes to the front.
   *
   * @throws {ProblemException} 400 for a cursor that is none of ours
   */
  async listUnmapped(query: UnmappedStatusQuery): Promise<UnmappedStatusPageDto> {
    const { location_id, limit } = query;
    const after = SEEN_LAST_FIRST.after(query);
    let statuses = this.database.kysely.selectFrom('unmapped_status').selectAll();
    if (location_id !== undefined) statuses = statuses.where('location_id', '=', location_id);
    if (after !== undefined) {
      statuses = statuses.where(({ eb, refTuple, tuple }) =>
        eb(
          refTuple('last_seen', 'location_id', 'status_key'),
          '<',
          tuple(after.last_seen, after.location_id, after.status_key),
        ),
      );
    }
    const rows = await statuses
      .orderBy('last_seen', 'desc')
      .orderBy('location_id', 'desc')
      .orderBy('status_key', 'desc')
      .limit(limit + 1)
      .execute();
    const { items, next_cursor } = SEEN_LAST_FIRST.page(rows, query);
    return {
      items: items.map(({ value: status, status_key: _key, ...row }) => ({
        ...row,
        status,
        first_seen: row.first_seen.toISOString(),
        last_seen: row.last_seen.toISOString(),
      })),
      next_cursor,
    };
  }

  /** By location and status. An outcome that this build does not know, from a newer replica, is left out. */
  private known() {
    return this.database.kysely
      .selectFrom('outcome_mapping')
      .selectAll()
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

function mappingDto(row: OutcomeMappingRow): OutcomeMappingDto {
  const { status_key: status, outcome, location_id, updated_at } = row;
  return { status, outcome, location_id, updated_at: updated_at.toISOString() };
}
