import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { execute, Reading, type Statement } from '../database/reading.js';
import type { DatabaseTransaction } from '../database/transactions.js';
import { concernsLead, type Delivery } from '../leads/crm-event.js';
import { DECIDER_VERSION } from './decide/decide.js';
import type { Decided, DecidedFrom } from './decider.js';
import { decisionDigests, storedSituation } from './decision-trace.js';

/** Claims of delivery ids, and the log of what came in, with what it was decided from. */
@Injectable()
export class DeliveryRepository {
  /**
   * Claims all ids of these deliveries, whose ids must differ from each other. A delivery is fresh
   * when every one of its ids could be claimed; the others are repeats.
   */
  claim(deliveries: readonly Delivery[], now: Date): Reading<ReadonlySet<Delivery>> {
    const claims = deliveries.flatMap(({ locationId, claims: own }) =>
      own.map(({ id, ttlSeconds }) => ({
        locationId,
        id,
        expiresAt: new Date(now.getTime() + ttlSeconds * 1_000),
      })),
    );
    return Reading.of(
      sql<{ location_id: string; claim_id: string }>`
      insert into delivery_claim (location_id, claim_id, expires_at)
      select * from unnest(
        ${claims.map((claim) => claim.locationId)}::text[],
        ${claims.map((claim) => claim.id)}::text[],
        ${claims.map((claim) => claim.expiresAt)}::timestamptz[]
      ) as claim (location_id, claim_id, expires_at)
      order by 1, 2
      on conflict (location_id, claim_id) do update set expires_at = excluded.expires_at
        where delivery_claim.expires_at <= ${now}
      returning location_id, claim_id`,
    ).map((rows) => {
      const claimed = new Set(rows.map((row) => JSON.stringify([row.location_id, row.claim_id])));
      return new Set(
        deliveries.filter(({ locationId, claims: own }) =>
          own.every(({ id }) => claimed.has(JSON.stringify([locationId, id]))),
        ),
      );
    });
  }

  /** Its part of the intake transaction: the log of what came in. */
  save({
    decided,
    at,
  }: {
    readonly decided: readonly Decided[];
    readonly at: Date;
  }): readonly Statement[] {
    const isFailed = ({ state }: Decided): boolean => state === 'failed';
    return [
      ...this.recordDecided(
        decided.filter((one) => !isFailed(one)),
        at,
      ),
      ...this.keepFailed(decided.filter(isFailed)),
    ];
  }

  /**
   * A delivery that failed beside its batch; not one that has been decided since. Claiming its ids, for
   * as long as this takes, waits for whoever is deciding it now.
   */
  async recordFailed(trx: DatabaseTransaction, failed: Decided, at: Date): Promise<void> {
    const { delivery } = failed;
    const claimed = await this.claim([delivery], at).on(trx);
    if (claimed.has(delivery)) await execute(trx, this.keepFailed([failed]));
  }

  /** With what each was decided from; one of them that had failed before no longer waits for that. */
  private recordDecided(decided: readonly Decided[], at: Date): readonly Statement[] {
    if (decided.length === 0) return [];
    const column = <T>(read: (one: Decided) => T): T[] => decided.map(read);
    const basis = <T>(read: (from: DecidedFrom, one: Decided) => T): (T | null)[] =>
      decided.map((one) => (isTraceable(one) ? read(one.from, one) : null));
    return [
      sql`
      with decided as (select * from unnest(
        ${column(({ delivery }) => delivery.locationId)}::text[],
        ${column(({ delivery }) => delivery.deliveryId)}::text[],
        ${column(({ delivery }) => delivery.event.contactId)}::text[],
        ${column(({ delivery }) => delivery.event.type)}::text[],
        ${column(({ state }) => state)}::text[],
        ${column(({ delivery }) => delivery.scheme)}::text[],
        ${column(({ delivery }) => delivery.body)}::text[],
        ${column(({ delivery }) => delivery.event.occurredAt)}::timestamptz[],
        ${column(({ delivery }) => delivery.event.receivedAt)}::timestamptz[],
        ${basis(() => DECIDER_VERSION)}::int[],
        ${basis(({ rolloutId }) => rolloutId)}::text[],
        ${basis(({ settingsId }) => settingsId)}::text[],
        ${basis(({ situation }) => JSON.stringify(storedSituation(situation)))}::text[],
        ${basis((_from, one) => JSON.stringify(decisionDigests(one)))}::text[]
      ) as delivered (location_id, delivery_id, contact_id, event_type, state, scheme, body,
        occurred_at, received_at, decider_version, rollout_id, settings_id, situation, digests)
      ), no_longer_failed as (
        delete from delivery using decided
        where delivery.location_id = decided.location_id
          and delivery.delivery_id = decided.delivery_id and delivery.state = 'failed'
      )
      insert into decided_delivery (location_id, delivery_id, contact_id, event_type, state, scheme,
        body, occurred_at, received_at, decided_at, decider_version, rollout_id, settings_id,
        situation, digests)
      select location_id, delivery_id, contact_id, event_type, state, scheme,
        body, occurred_at, received_at, ${at}::timestamptz, decider_version, rollout_id, settings_id,
        situation::json, digests::jsonb
      from decided`,
    ];
  }

  /** For replay. Their ids are given back, so that a repeat of them is decided again. */
  private keepFailed(failed: readonly Decided[]): readonly Statement[] {
    if (failed.length === 0) return [];
    const column = <T>(read: (one: Decided) => T): T[] => failed.map(read);
    return [
      sql`
      insert into delivery
        (location_id, delivery_id, contact_id, event_type, state, scheme, body, error, occurred_at, received_at)
      select * from unnest(
        ${column(({ delivery }) => delivery.locationId)}::text[],
        ${column(({ delivery }) => delivery.deliveryId)}::text[],
        ${column(({ delivery }) => delivery.event.contactId)}::text[],
        ${column(({ delivery }) => delivery.event.type)}::text[],
        ${column(({ state }) => state)}::text[],
        ${column(({ delivery }) => delivery.scheme)}::text[],
        ${column(({ delivery }) => delivery.body)}::text[],
        ${column(({ error }) => error)}::text[],
        ${column(({ delivery }) => delivery.event.occurredAt)}::timestamptz[],
        ${column(({ delivery }) => delivery.event.receivedAt)}::timestamptz[]
      )
      on conflict (location_id, delivery_id) do update set
        contact_id = excluded.contact_id, event_type = excluded.event_type, state = excluded.state,
        scheme = excluded.scheme, body = excluded.body, error = excluded.error,
        occurred_at = excluded.occurred_at, received_at = excluded.received_at`,
      this.releaseClaims(failed.map(({ delivery }) => delivery)),
    ];
  }

  private releaseClaims(deliveries: readonly Delivery[]): Statement {
    const claims = deliveries.flatMap(({ locationId, claims: own }) =>
      own.map(({ id }) => ({ locationId, id })),
    );
    return sql`
      delete from delivery_claim
      using unnest(${claims.map((claim) => claim.locationId)}::text[], ${claims.map((claim) => claim.id)}::text[])
        as released (location_id, claim_id)
      where delivery_claim.location_id = released.location_id and delivery_claim.claim_id = released.claim_id`;
  }
}

/** What concerns no lead was not decided from anything. */
function isTraceable(one: Decided): one is Decided & { readonly from: DecidedFrom } {
  return one.from !== null && concernsLead(one.delivery);
}
