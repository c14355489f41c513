import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Database } from '../database/database.js';
import type { PipelinedOutcome, PipelinedTransaction } from '../database/pipelined-transaction.js';
import { Reading, type Statement } from '../database/reading.js';
import { leadKeyText, type LeadKey } from '../leads/lead-key.js';
import { EFFECT_COLUMNS } from './finished-effect.repository.js';
import { EffectRegistry } from './effect-registry.js';
import type { ClaimedLane, LaneHold, LaneProgress, StoredEffect } from './claimed-lane.js';

/**
 * Effects loaded at most per claimed lane: twice as many as are carried out, so that whatever a worker
 * that died may have carried out without a record is among them.
 */
const EFFECTS_PER_CLAIM = 40;

/** Which lanes to take. Times are this process's: replicas' clocks must agree to well within a lease. */
export interface LaneClaim {
  readonly limit: number;
  readonly now: Date;
  readonly leaseUntil: Date;
  /** Locations that have their share of this process already. */
  readonly busyLocations: readonly string[];
}

@Injectable()
export class LaneRepository {
  constructor(
    private readonly database: Database,
    private readonly registry: EffectRegistry,
  ) {}

  /** Takes lanes that are due, or whose worker died; other workers' lanes are skipped, not waited for. */
  async claim(claim: LaneClaim): Promise<ClaimedLane[]> {
    // Two statements, because the first one's snapshot is older than the locks that it got.
    const [held, effects] = await this.database.ask(
      Reading.all([this.hold(claim), this.loadDue(claim)]),
    );
    return held.map((lane) => ({
      ...lane,
      isSide: this.registry.isSideLane(lane),
      effects: effects.get(leadKeyText(lane)) ?? [],
    }));
  }

  /**
   * Records what became of these lanes' effects and gives the lanes back, re-armed for whatever is
   * due next. A lane whose fence has moved on belongs to somebody else: nothing of it is written.
   *
   * @returns what is written
   */
  async finish(
    transaction: PipelinedTransaction,
    lanes: readonly LaneProgress[],
    now: Date,
  ): Promise<PipelinedOutcome<readonly LaneProgress[]>> {
    const held = await transaction.read(this.lockHeld(lanes));
    const writes = held.length === 0 ? [] : [...recordProgress(held, now), release(held)];
    return { result: held, writes };
  }

  private hold({ limit, now, leaseUntil, busyLocations }: LaneClaim): Reading<readonly LaneHold[]> {
    return Reading.of(sql<LaneHold>`
      with lapsed as (
        select location_id, contact_id, true as is_replay from lane where leased_until <= ${now}
        order by leased_until limit ${limit}
        for update skip locked
      ), due as (
        select location_id, contact_id, false from lane
        where ready_at <= ${now} and leased_until is null
          and (not_before is null or not_before <= ${now})
          and (location_id <> all(${busyLocations}::text[])
            or contact_id like any(${this.registry.sideLanePatterns}::text[]))
        order by ready_at limit ${limit}
        for update skip locked
      ), free as (
        select * from lapsed union all select * from due limit ${limit}
      )
      update lane set ready_at = null, leased_until = ${leaseUntil}::timestamptz, 
        fence = greatest(lane.fence + 1, nextval('lane_fence')),
        replay_to = case when free.is_replay then (
          select max(effect_id) from effect
          where effect.location_id = lane.location_id and effect.contact_id = lane.contact_id
            and effect.state in ('pending', 'sending')
        ) else lane.replay_to end
      from free where lane.location_id = free.location_id and lane.contact_id = free.contact_id
      returning lane.location_id as "locationId", lane.contact_id as "contactId",
        lane.fence, lane.failures, lane.replay_to as "replayTo"`);
  }

  private lockHeld(lanes: readonly LaneProgress[]): Reading<readonly LaneProgress[]> {
    return Reading.of(
      sql<LeadKey & Pick<LaneHold, 'fence'>>`
      select lane.location_id as "locationId", lane.contact_id as "contactId", lane.fence
      from lane join unnest(
        ${lanes.map(({ lane }) => lane.locationId)}::text[],
        ${lanes.map(({ lane }) => lane.contactId)}::text[],
        ${lanes.map(({ lane }) => lane.fence)}::bigint[]
      ) as mine (location_id, contact_id, fence) using (location_id, contact_id, fence)
      order by 1, 2
      for update of lane`,
    ).map((rows) => {
      const held = new Map(rows.map((row) => [leadKeyText(row), row.fence]));
      // By the fence too: a hold that this process itself has lost may be in the same batch.
      return lanes.filter(({ lane }) => held.get(leadKeyText(lane)) === lane.fence);
    });
  }

  /** Lanes that somebody else has claimed until the same millisecond are among them. */
  private loadDue({ now, leaseUntil }: LaneClaim): Reading<ReadonlyMap<string, StoredEffect[]>> {
    return Reading.of(
      sql<LeadKey & StoredEffect>`
      select due.* from lane as held
      cross join lateral (
        select location_id as "locationId", contact_id as "contactId", effect_id as "effectId",
          ${deliveryId} as "deliveryId", payload, state, doubt, attempts, sends,
          first_failed_at as "firstFailedAt", started_at as "startedAt",
          created_at as "createdAt", due_at as "dueAt"
        from effect
        where effect.location_id = held.location_id and effect.contact_id = held.contact_id
          and effect.state in ('pending', 'sending') and effect.due_at <= ${now}
        order by effect_id
        limit ${EFFECTS_PER_CLAIM}
      ) as due
      where held.leased_until = ${leaseUntil}::timestamptz
      order by due."effectId"`,
    ).map((rows) => {
      const byLane = new Map<string, StoredEffect[]>();
      for (const { locationId, contactId, ...effect } of rows) {
        const key = leadKeyText({ locationId, contactId });
        byLane.set(key, [...(byLane.get(key) ?? []), effect]);
      }
      return byLane;
    });
  }
}

function recordProgress(lanes: readonly LaneProgress[], now: Date): readonly Statement[] {
  const effects = lanes.flatMap((progress) => progress.effects);
  if (effects.length === 0) return [];
  const column = <T>(read: (effect: (typeof effects)[number]) => T): T[] => effects.map(read);
  // An effect cancelled while it was under way stays cancelled, unless it was carried out.
  return [
    sql`
    with done as (
      select * from unnest(
        ${column((effect) => effect.effectId)}::bigint[],
        ${column((effect) => effect.state)}::text[],
        ${column((effect) => effect.attempts)}::int[],
        ${column((effect) => effect.unsent)}::boolean[],
        ${column((effect) => effect.firstFailedAt)}::timestamptz[],
        ${column((effect) => storable(effect.lastError))}::text[],
        ${column((effect) => storable(effect.remoteId))}::text[],
        ${column((effect) => effect.dueAt)}::timestamptz[],
        ${column((effect) => effect.doubt)}::text[]
      ) as done (
        effect_id, state, attempts, unsent, first_failed_at, last_error, remote_id, due_at, doubt
      )
    ), finished as (
      delete from effect using done
      where effect.effect_id = done.effect_id and ${isMine}
        and ${movesApart}
      returning effect.effect_id, location_id, contact_id, effect_key, kind, payload,
        case when ${isCalledOff} then 'cancelled' else done.state end, done.due_at, done.attempts,
        effect.sends - done.unsent::int, done.last_error, done.first_failed_at, cancelled_at,
        done.remote_id, started_at, ${now}::timestamptz, created_at, done.doubt
    ), moved as (
      insert into finished_effect (${EFFECT_COLUMNS}) select * from finished
    )
    update effect set state = done.state, attempts = done.attempts,
      sends = effect.sends - done.unsent::int, first_failed_at = done.first_failed_at,
      last_error = done.last_error, remote_id = done.remote_id, due_at = done.due_at, doubt = done.doubt,
      finished_at = case when done.state in ('pending', 'sending') then null else ${now}::timestamptz end
    from done
    where effect.effect_id = done.effect_id and ${isMine}
      and not ${movesApart}`,
  ];
}

function release(lanes: readonly LaneProgress[]): Statement {
  // `ready_at` is cleared by the claim: a value found here was set by a delivery that came meanwhile.
  return sql`
    update lane set leased_until = null, failures = done.failures, not_before = done.retry_at,
      ready_at = least(lane.ready_at, (
        select min(due_at) from effect
        where effect.location_id = done.location_id and effect.contact_id = done.contact_id
          and effect.state in ('pending', 'sending')
      ))
    from unnest(
      ${lanes.map(({ lane }) => lane.locationId)}::text[],
      ${lanes.map(({ lane }) => lane.contactId)}::text[],
      ${lanes.map(({ failures }) => failures)}::int[],
      ${lanes.map(({ retryAt }) => retryAt)}::timestamptz[]
    ) as done (location_id, contact_id, failures, retry_at)
    where lane.location_id = done.location_id and lane.contact_id = done.contact_id`;
}

/** What stands before the last `@` of `<delivery id>@<occasion>/<step>`; neither of the others holds one. */
const deliveryId = sql<string | null>`substring(effect_key from '^(.*)@')`;

/** Nobody else has ended it; what was cancelled under way may have been carried out all the same. */
const isMine = sql`(effect.state in ('pending', 'sending')
  or (effect.state = 'cancelled' and done.state = 'delivered'))`;

/** Cancelled while it was under way, and certainly not carried out. */
const isCalledOff = sql`effect.cancelled_at is not null and done.state in ('pending', 'no_credentials')`;

/**
 * Finished for good. A text that was delivered stays for some minutes, until the retention moves it: there
 * a replica of the version before looks for our own messages, of which the CRM tells us.
 */
const movesApart = sql`(done.state in ('suppressed', 'cancelled') or ${isCalledOff}
  or (done.state = 'delivered' and effect.kind not in ('send_message', 'follow_up')))`;

/** What another system said may hold what PostgreSQL refuses. */
function storable(text: string | null): string | null {
  return text === null ? null : text.replaceAll('\0', '').toWellFormed();
}
