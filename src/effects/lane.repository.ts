import { Inject, Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Database } from '../database/database.js';
import { Transactions, type DatabaseTransaction } from '../database/transactions.js';
import { deliveredExposures } from '../experiments/exposures/delivered-exposures.js';
import type { Exposure } from '../experiments/exposures/exposure.repository.js';
import { Exposures } from '../experiments/exposures/exposures.service.js';
import {
  toClaimedLane,
  type ClaimedLane,
  type EffectProgress,
  type LaneProgress,
  type LaneRow,
} from './claimed-lane.js';

/** Effects loaded at most per claimed lane: bounds how long one contact can hold a worker. */
const EFFECTS_PER_CLAIM = 20;

@Injectable()
export class LaneRepository {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    @Inject(Exposures) private readonly exposures: Pick<Exposures, 'record'>,
  ) {}

  /** Takes up to `limit` lanes that are due or whose worker died; other workers' lanes are skipped, not waited for. */
  async claim(limit: number, now: Date, leaseUntil: Date): Promise<ClaimedLane[]> {
    const { rows } = await sql<LaneRow>`
      with free as (
        select location_id, contact_id from lane
        where (ready_at <= ${now} or leased_until <= ${now}) and (leased_until is null or leased_until <= ${now})
        order by ready_at nulls first
        limit ${limit}
        for update skip locked
      ), held as (
        update lane set ready_at = null, leased_until = ${leaseUntil}::timestamptz, fence = lane.fence + 1
        from free where lane.location_id = free.location_id and lane.contact_id = free.contact_id
        returning lane.location_id, lane.contact_id, lane.fence, lane.failures
      )
      select held.*, coalesce(due.effects, '[]'::jsonb) as effects
      from held left join lateral (
        select jsonb_agg(to_jsonb(effect) order by effect.due_at, effect.effect_id) as effects from (
          select effect_id, effect_key, payload, state, attempts, started_at, created_at, due_at
          from effect
          where effect.location_id = held.location_id and effect.contact_id = held.contact_id
            and effect.state in ('pending', 'sending') and effect.due_at <= ${now}
          order by due_at, effect_id
          limit ${EFFECTS_PER_CLAIM}
        ) as effect
      ) as due on true`.execute(this.database.kysely);
    return rows.map(toClaimedLane);
  }

  /** Commits the intent before a call that must not be repeated blindly. */
  async markSending(effectIds: readonly number[], now: Date): Promise<Set<number>> {
    const { rows } = await sql<{ effect_id: number }>`
      update effect set state = 'sending', started_at = ${now}::timestamptz, attempts = attempts + 1
      where effect_id = any(${effectIds}::bigint[]) and state in ('pending', 'sending')
      returning effect_id`.execute(this.database.kysely);
    return new Set(rows.map((row) => row.effect_id));
  }

  /**
   * Records what became of these lanes' effects and gives the lanes back, re-armed for whatever is
   * due next. A lane whose fence has moved on belongs to somebody else: nothing of it is written.
   */
  async finish(lanes: readonly LaneProgress[], now: Date): Promise<void> {
    await this.transactions.inTransaction(async (trx) => {
      const held = await this.lockHeld(trx, lanes);
      if (held.length === 0) return;
      await this.recordProgress(
        trx,
        held.flatMap((progress) => progress.effects),
        now,
      );
      await this.exposures.record(
        trx,
        held.flatMap((progress) => exposuresOf(progress, now)),
      );
      await this.release(trx, held);
    });
  }

  /**
   * At the start of a process. The embedded server serves one process at a time, so leases found in
   * it belong to a dead one; on a shared server those of other replicas end by themselves. Effects
   * that wait for a token get another chance, since the configuration may have one now.
   */
  async recover(now: Date): Promise<void> {
    const { kysely, server } = this.database;
    if (server.isEmbedded) {
      await sql`
        update lane set leased_until = null, ready_at = ${now}::timestamptz
        where leased_until is not null`.execute(kysely);
    }
    await sql`
      with resumed as (
        update effect set state = 'pending' where state = 'no_credentials'
        returning location_id, contact_id, due_at
      ), lanes as (
        select location_id, contact_id, min(due_at) as due_at from resumed group by 1, 2
      )
      update lane set ready_at = least(lane.ready_at, lanes.due_at) from lanes
      where lane.location_id = lanes.location_id and lane.contact_id = lanes.contact_id`.execute(
      kysely,
    );
  }

  private async lockHeld(
    trx: DatabaseTransaction,
    lanes: readonly LaneProgress[],
  ): Promise<LaneProgress[]> {
    const { rows } = await sql<{ location_id: string; contact_id: string }>`
      select lane.location_id, lane.contact_id
      from lane join unnest(
        ${lanes.map(({ lane }) => lane.locationId)}::text[],
        ${lanes.map(({ lane }) => lane.contactId)}::text[],
        ${lanes.map(({ lane }) => lane.fence)}::bigint[]
      ) as mine (location_id, contact_id, fence) using (location_id, contact_id, fence)
      order by 1, 2
      for update of lane`.execute(trx);
    const held = new Set(rows.map((row) => JSON.stringify([row.location_id, row.contact_id])));
    return lanes.filter(({ lane }) => held.has(JSON.stringify([lane.locationId, lane.contactId])));
  }

  /** `markSending` has counted the tries of a message already: hence the greater of the two. */
  private async recordProgress(
    trx: DatabaseTransaction,
    effects: readonly EffectProgress[],
    now: Date,
  ): Promise<void> {
    if (effects.length === 0) return;
    const column = <T>(read: (effect: EffectProgress) => T): T[] => effects.map(read);
    await sql`
      update effect set
        state = done.state, attempts = greatest(effect.attempts, done.attempts), last_error = done.last_error, remote_id = done.remote_id,
        due_at = done.due_at,
        finished_at = case when done.state in ('pending', 'sending') then null else ${now}::timestamptz end
      from unnest(
        ${column((effect) => effect.effectId)}::bigint[],
        ${column((effect) => effect.state)}::text[],
        ${column((effect) => effect.attempts)}::int[],
        ${column((effect) => effect.lastError)}::text[],
        ${column((effect) => effect.remoteId)}::text[],
        ${column((effect) => effect.dueAt)}::timestamptz[]
      ) as done (effect_id, state, attempts, last_error, remote_id, due_at)
      where effect.effect_id = done.effect_id and effect.state in ('pending', 'sending')`.execute(
      trx,
    );
  }

  private async release(trx: DatabaseTransaction, lanes: readonly LaneProgress[]): Promise<void> {
    // `ready_at` is cleared by the claim: a value found here was set by a delivery that came meanwhile.
    await sql`
      update lane set leased_until = null, failures = done.failures,
        ready_at = least(lane.ready_at, greatest(done.retry_at, (
          select min(due_at) from effect
          where effect.location_id = done.location_id and effect.contact_id = done.contact_id
            and effect.state in ('pending', 'sending')
        )))
      from unnest(
        ${lanes.map(({ lane }) => lane.locationId)}::text[],
        ${lanes.map(({ lane }) => lane.contactId)}::text[],
        ${lanes.map(({ failures }) => failures)}::int[],
        ${lanes.map(({ retryAt }) => retryAt)}::timestamptz[]
      ) as done (location_id, contact_id, failures, retry_at)
      where lane.location_id = done.location_id and lane.contact_id = done.contact_id`.execute(trx);
  }
}

/** Variants shown by the messages that the CRM has just accepted, or was found to have accepted. */
function exposuresOf({ lane, effects }: LaneProgress, deliveredAt: Date): readonly Exposure[] {
  const { locationId, contactId } = lane;
  const delivered = new Set(
    effects.filter(({ state }) => state === 'delivered').map(({ effectId }) => effectId),
  );
  return lane.effects
    .filter(({ effectId }) => delivered.has(effectId))
    .flatMap(({ effectId, payload, createdAt }) =>
      deliveredExposures({ locationId, contactId, effectId, payload, createdAt, deliveredAt }),
    );
}
