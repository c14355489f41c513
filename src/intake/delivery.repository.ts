import { Injectable } from '@nestjs/common';
import { sql, type RawBuilder } from 'kysely';
import type { DatabaseTransaction } from '../database/transactions.js';
import type { Delivery } from '../leads/crm-event.js';
import type { Decided } from './decider.js';

/** Claims of delivery ids, and the log of what came in. */
@Injectable()
export class DeliveryRepository {
  /**
   * Claims all ids of these deliveries, whose ids must differ from each other. A delivery is fresh
   * when every one of its ids could be claimed; the others are repeats.
   */
  async claim(
    trx: DatabaseTransaction,
    deliveries: readonly Delivery[],
    now: Date,
  ): Promise<ReadonlySet<Delivery>> {
    const claims = deliveries.flatMap(({ locationId, claims: own }) =>
      own.map(({ id, ttlSeconds }) => ({
        locationId,
        id,
        expiresAt: new Date(now.getTime() + ttlSeconds * 1_000),
      })),
    );
    const { rows } = await sql<{ location_id: string; claim_id: string }>`
      insert into delivery_claim (location_id, claim_id, expires_at)
      select * from unnest(
        ${claims.map((claim) => claim.locationId)}::text[],
        ${claims.map((claim) => claim.id)}::text[],
        ${claims.map((claim) => claim.expiresAt)}::timestamptz[]
      ) as claim (location_id, claim_id, expires_at)
      order by 1, 2
      on conflict (location_id, claim_id) do update set expires_at = excluded.expires_at
        where delivery_claim.expires_at <= ${now}
      returning location_id, claim_id`.execute(trx);
    const claimed = new Set(rows.map((row) => JSON.stringify([row.location_id, row.claim_id])));
    return new Set(
      deliveries.filter(({ locationId, claims: own }) =>
        own.every(({ id }) => claimed.has(JSON.stringify([locationId, id]))),
      ),
    );
  }

  /** Its part of the intake transaction: the log of what came in. */
  async save(
    trx: DatabaseTransaction,
    { decided }: { readonly decided: readonly Decided[] },
  ): Promise<void> {
    const failed = decided.filter(({ state }) => state === 'failed');
    await this.upsertDeliveries(trx, decided, sql`true`);
    await this.releaseClaims(
      trx,
      failed.map(({ delivery }) => delivery),
    );
  }

  /** Gives the ids of deliveries kept as failed back, so that a repeat of them is decided again. */
  private async releaseClaims(
    trx: DatabaseTransaction,
    deliveries: readonly Delivery[],
  ): Promise<void> {
    if (deliveries.length === 0) return;
    const claims = deliveries.flatMap(({ locationId, claims: own }) =>
      own.map(({ id }) => ({ locationId, id })),
    );
    await sql`
      delete from delivery_claim
      using unnest(${claims.map((claim) => claim.locationId)}::text[], ${claims.map((claim) => claim.id)}::text[])
        as released (location_id, claim_id)
      where delivery_claim.location_id = released.location_id and delivery_claim.claim_id = released.claim_id`.execute(
      trx,
    );
  }

  /** A delivery that failed beside its batch; one that has been decided since keeps its record. */
  recordFailed(trx: DatabaseTransaction, failed: Decided): Promise<void> {
    return this.upsertDeliveries(trx, [failed], sql`delivery.state = 'failed'`);
  }

  private async upsertDeliveries(
    trx: DatabaseTransaction,
    records: readonly Decided[],
    overwrites: RawBuilder<unknown>,
  ): Promise<void> {
    if (records.length === 0) return;
    const column = <T>(read: (record: Decided) => T): T[] => records.map(read);
    await sql`
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
        occurred_at = excluded.occurred_at, received_at = excluded.received_at
      where ${overwrites}`.execute(trx);
  }
}
