import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import type { DatabaseTransaction } from '../database/transactions.js';
import { concernsLead } from '../leads/crm-event.js';
import { DECIDER_VERSION } from './decide/decide.js';
import type { Decided, DecidedFrom } from './decider.js';
import { decisionDigests, digestOf, storedSituation } from './decision-trace.js';

type Traceable = Decided & { readonly from: DecidedFrom };

/** What was decided, and what it was decided from. */
@Injectable()
export class DecisionRepository {
  /** Its part of the intake transaction. */
  async save(
    trx: DatabaseTransaction,
    { decided, at }: { readonly decided: readonly Decided[]; readonly at: Date },
  ): Promise<void> {
    await this.recordDocuments(trx, decided, at);
    await this.recordInputs(trx, decided.filter(isTraceable), at);
  }

  private async recordDocuments(
    trx: DatabaseTransaction,
    decided: readonly Decided[],
    at: Date,
  ): Promise<void> {
    const documented = decided.filter(({ document }) => document !== null);
    if (documented.length === 0) return;
    const column = <T>(read: (one: Decided) => T): T[] => documented.map(read);
    await sql`
      insert into decision (location_id, delivery_id, contact_id, decided_at, document)
      select location_id, delivery_id, contact_id, ${at}::timestamptz, document::jsonb from unnest(
        ${column(({ delivery }) => delivery.locationId)}::text[],
        ${column(({ delivery }) => delivery.deliveryId)}::text[],
        ${column(({ delivery }) => delivery.event.contactId)}::text[],
        ${column(({ document }) => JSON.stringify(document))}::text[]
      ) as decided (location_id, delivery_id, contact_id, document)`.execute(trx);
  }

  private async recordInputs(
    trx: DatabaseTransaction,
    decided: readonly Traceable[],
    at: Date,
  ): Promise<void> {
    if (decided.length === 0) return;
    const column = <T>(read: (one: Traceable) => T): T[] => decided.map(read);
    await sql`
      insert into decision_input (location_id, delivery_id, decided_at, decider_version, rollout_id,
        settings_id, received_at, body_digest, situation, digests)
      select location_id, delivery_id, ${at}::timestamptz, ${DECIDER_VERSION}::int, rollout_id,
        settings_id, received_at, body_digest, situation::json, digests::jsonb from unnest(
        ${column(({ delivery }) => delivery.locationId)}::text[],
        ${column(({ delivery }) => delivery.deliveryId)}::text[],
        ${column(({ from }) => from.rolloutId)}::text[],
        ${column(({ from }) => from.settingsId)}::text[],
        ${column(({ delivery }) => delivery.event.receivedAt)}::timestamptz[],
        ${column(({ delivery }) => digestOf(delivery.body))}::text[],
        ${column(({ from }) => JSON.stringify(storedSituation(from.situation)))}::text[],
        ${column((one) => JSON.stringify(decisionDigests(one)))}::text[]
      ) as decided (location_id, delivery_id, rollout_id, settings_id, received_at, body_digest,
        situation, digests)`.execute(trx);
  }
}

/** What failed was not decided, and what concerns no lead was not decided from anything. */
function isTraceable(one: Decided): one is Traceable {
  return one.from !== null && concernsLead(one.delivery);
}
