import { Injectable } from '@nestjs/common';
import { sql, type Kysely } from 'kysely';
import type { DatabaseTables } from '../database/database.types.js';

/** Deletes what has had its time, some rows at once: short locks, whatever has piled up. */
@Injectable()
export class ExpiredRowRepository {
  /** @returns how many of at most `limit` expired claims were deleted */
  async deleteExpiredClaims(
    executor: Kysely<DatabaseTables>,
    now: Date,
    limit: number,
  ): Promise<number> {
    const { numAffectedRows = 0n } = await sql`
      delete from delivery_claim where ctid in (
        select ctid from delivery_claim where expires_at <= ${now} limit ${limit} for update skip locked
      )`.execute(executor);
    return Number(numAffectedRows);
  }

  /** Bodies of what was received before; what failed stays, since somebody has yet to look at it. */
  async deleteReceivedBefore(
    executor: Kysely<DatabaseTables>,
    time: Date,
    limit: number,
  ): Promise<number> {
    const { numAffectedRows = 0n } = await sql`
      delete from delivery where ctid in (
        select ctid from delivery where received_at < ${time} and state <> 'failed'
        limit ${limit} for update skip locked
      )`.execute(executor);
    return Number(numAffectedRows);
  }

  async deleteDecidedBefore(
    executor: Kysely<DatabaseTables>,
    time: Date,
    limit: number,
  ): Promise<number> {
    const { numAffectedRows = 0n } = await sql`
      delete from decision where ctid in (
        select ctid from decision where decided_at < ${time} limit ${limit} for update skip locked
      )`.execute(executor);
    return Number(numAffectedRows);
  }

  /** Dead and uncertain effects stay: somebody has yet to look at them. */
  async deleteFinishedBefore(
    executor: Kysely<DatabaseTables>,
    time: Date,
    limit: number,
  ): Promise<number> {
    const { numAffectedRows = 0n } = await sql`
      delete from effect where ctid in (
        select ctid from effect
        where finished_at < ${time} and state in ('delivered', 'cancelled', 'suppressed')
        limit ${limit} for update skip locked
      )`.execute(executor);
    return Number(numAffectedRows);
  }

  /** Lanes without any effect; the next one makes its lane anew. */
  async deleteIdleLanes(executor: Kysely<DatabaseTables>, limit: number): Promise<number> {
    const { numAffectedRows = 0n } = await sql`
      delete from lane where ctid in (
        select ctid from lane
        where ready_at is null and leased_until is null and not exists (
          select 1 from effect
          where effect.location_id = lane.location_id and effect.contact_id = lane.contact_id
        )
        limit ${limit} for update skip locked
      )`.execute(executor);
    return Number(numAffectedRows);
  }
}
