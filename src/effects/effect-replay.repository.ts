import { Injectable } from '@nestjs/common';
import { sql, type RawBuilder } from 'kysely';
import { Database } from '../database/database.js';
import { Transactions, type DatabaseTransaction } from '../database/transactions.js';
import type { EffectState } from './effect.tables.js';
import { EFFECT_COLUMNS } from './finished-effect.repository.js';
import { EFFECTS_CHANNEL } from './effect.repository.js';
import type { ReplayEffectsRequest } from './effect.dto.js';

/** Makes finished effects pending again, as if they had just been stored. */
@Injectable()
export class EffectReplayRepository {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
  ) {}

  /** False when the effect is no longer in this state. */
  async replayOne(effectId: number, state: EffectState, now: Date): Promise<boolean> {
    const chosen = sql`
      select effect_id from effect where effect_id = ${effectId} and state = ${state} for update`;
    return this.transactions.inTransaction(async (trx) => {
      await sql`
        with taken as (
          delete from finished_effect where effect_id = ${effectId} and state = ${state} returning *
        )
        insert into effect (${EFFECT_COLUMNS}) overriding system value
        select ${EFFECT_COLUMNS} from taken`.execute(trx);
      return (await this.replay(trx, chosen, now)) === 1;
    });
  }

  /** The oldest of the dead that match; those that somebody else replays at this moment are passed over. */
  async replayDead(scope: ReplayEffectsRequest, limit: number, now: Date): Promise<number> {
    const chosen = sql`
      select effect_id from effect where ${isDead(scope)}
      order by effect_id limit ${limit} for update skip locked`;
    // In a transaction for its retry: workers lock lanes before effects.
    return this.transactions.inTransaction((trx) => this.replay(trx, chosen, now));
  }

  async countDead(scope: ReplayEffectsRequest): Promise<number> {
    const { rows } = await sql<{ count: number }>`
      select count(*) from effect where ${isDead(scope)}`.execute(this.database.kysely);
    return rows[0]?.count ?? 0;
  }

  /**
   * One statement, hence all or nothing: the effects, their lanes, the workers' call. The due time
   * is set anew because an effect that has been due for hours is given up at its first failure;
   * clearing `started_at` ends the search for an earlier send.
   */
  private async replay(
    trx: DatabaseTransaction,
    chosen: RawBuilder<unknown>,
    now: Date,
  ): Promise<number> {
    const { rows } = await sql<{ replayed: number }>`
      with chosen as (${chosen}), replayed as (
        update effect set state = 'pending', due_at = ${now}::timestamptz, attempts = 0, sends = 0,
          first_failed_at = null, cancelled_at = null,
          last_error = null, remote_id = null, started_at = null, finished_at = null
        from chosen where effect.effect_id = chosen.effect_id
        returning effect.location_id, effect.contact_id
      ), armed as (
        insert into lane (location_id, contact_id, ready_at)
        select distinct location_id, contact_id, ${now}::timestamptz from replayed
        order by 1, 2
        on conflict (location_id, contact_id) do update
          set ready_at = least(lane.ready_at, excluded.ready_at), failures = 0, not_before = null
        returning 1
      ), woken as (
        select pg_notify(${EFFECTS_CHANNEL}, '') from (select 1 from armed limit 1) as any_armed
      )
      select (select count(*) from replayed) as replayed, (select count(*) from woken) as woken`.execute(
      trx,
    );
    return rows[0]?.replayed ?? 0;
  }
}

function isDead({ location_id, kind }: ReplayEffectsRequest): RawBuilder<unknown> {
  return sql`state = 'dead'
    and (${location_id ?? null}::text is null or location_id = ${location_id ?? null}::text)
    and (${kind ?? null}::text is null or kind = ${kind ?? null}::text)`;
}
