import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import type { DatabaseTransaction } from '../../database/transactions.js';
import type { LeadKey } from '../../leads/lead-key.js';
import type { MilestoneKind } from './milestones.js';

export interface LeadMilestone extends LeadKey {
  readonly kind: MilestoneKind;
  /** The event's own time. */
  readonly occurredAt: Date;
  readonly deliveryId: string;
}

/** What leads did, for the reports; append-only. */
@Injectable()
export class MilestoneRepository {
  /** A milestone that the same delivery has brought before is left as it is. */
  async record(trx: DatabaseTransaction, milestones: readonly LeadMilestone[]): Promise<void> {
    if (milestones.length === 0) return;
    const column = <T>(read: (milestone: LeadMilestone) => T): T[] => milestones.map(read);
    await sql`
      insert into lead_milestone (location_id, contact_id, kind, occurred_at, delivery_id)
      select * from unnest(
        ${column(({ locationId }) => locationId)}::text[],
        ${column(({ contactId }) => contactId)}::text[],
        ${column(({ kind }) => kind)}::text[],
        ${column(({ occurredAt }) => occurredAt)}::timestamptz[],
        ${column(({ deliveryId }) => deliveryId)}::text[]
      ) as wanted (location_id, contact_id, kind, occurred_at, delivery_id)
      order by location_id, contact_id, kind, delivery_id
      on conflict do nothing`.execute(trx);
  }
}
