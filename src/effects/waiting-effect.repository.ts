import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Database } from '../database/database.js';
import { Transactions } from '../database/transactions.js';

/** Effects resumed in one statement: short locks, however many have waited. */
const BATCH = 2_000;

/** Effects that wait until their location has a token. */
@Injectable()
export class WaitingEffectRepository {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
  ) {}

  async listLocations(): Promise<string[]> {
    const rows = await this.database.kysely
      .selectFrom('effect')
      .select('location_id')
      .distinct()
      .where('state', '=', 'no_credentials')
      .execute();
    return rows.map((row) => row.location_id);
  }

  /** The longest waiting first, due from now on. @returns how many */
  async resumeSome(locationId: string, now: Date): Promise<number> {
    return this.transactions.inTransaction(async (trx) => {
      const { rows } = await sql<{ contact_id: string }>`
        with waiting as (
          select effect_id from effect
          where location_id = ${locationId} and state = 'no_credentials'
          order by effect_id limit ${BATCH}
          for update skip locked
        )
        update effect set state = 'pending', first_failed_at = null, finished_at = null
        from waiting where effect.effect_id = waiting.effect_id
        returning effect.contact_id`.execute(trx);
      await sql`
        update lane set ready_at = least(lane.ready_at, ${now}::timestamptz)
        from (
          select contact_id from lane
          where location_id = ${locationId} and contact_id = any(${rows.map((row) => row.contact_id)}::text[])
          order by contact_id for update
        ) as theirs
        where lane.location_id = ${locationId} and lane.contact_id = theirs.contact_id`.execute(
        trx,
      );
      return rows.length;
    });
  }

  /**
   * The embedded server serves one process at a time, so leases found in it belong to a dead one and
   * end now; on a shared server those of other replicas end by themselves.
   */
  async releaseDeadLeases(now: Date): Promise<void> {
    if (!this.database.server.isEmbedded) return;
    await sql`
      update lane set leased_until = ${now}::timestamptz
      where leased_until > ${now}::timestamptz`.execute(this.database.kysely);
  }
}
