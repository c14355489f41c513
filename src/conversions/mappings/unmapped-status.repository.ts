import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import type { DatabaseTransaction } from '../../database/transactions.js';
import type { UnmappedStatus } from '../read-change.js';

/** Statuses listed per location: more are noise to an operator, and a sender must not fill the disk. */
export const MAX_STATUSES_PER_LOCATION = 200;

interface SeenStatus extends UnmappedStatus {
  readonly count: number;
  readonly firstSeen: Date;
  readonly lastSeen: Date;
}

/** Statuses that were seen and not understood, with how often. */
@Injectable()
export class UnmappedStatusRepository {
  /**
   * Counts these. A location whose list is full gets no new entries until the operator has mapped
   * some; two batches at the same moment may each add up to the bound.
   */
  async record(trx: DatabaseTransaction, statuses: readonly UnmappedStatus[]): Promise<void> {
    const seen = countByKey(statuses);
    if (seen.length === 0) return;
    const column = <T>(read: (status: SeenStatus) => T): T[] => seen.map(read);
    await sql`
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
        last_seen = greatest(unmapped_status.last_seen, excluded.last_seen)`.execute(trx);
  }
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
