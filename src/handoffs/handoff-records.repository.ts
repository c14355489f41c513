import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Database } from '../database/database.js';
import type { DatabaseTransaction } from '../database/transactions.js';
import { unlinkedId } from '../database/unlinked-id.js';
import { EMPTY_FACTS } from '../leads/lead-context.js';
import type { Erasure, ErasedCounts, PersonKey, PersonRecords } from '../privacy/person-records.js';
import type { HandoffSummary } from './handoff.js';
import { toHandoff } from './handoff.repository.js';
import { handoffDto } from './handoffs.dto.js';

/** By whom a handoff is resolved whose person is gone. */
const ERASURE = 'erasure';

/** Nothing of what the lead was. */
const NO_SUMMARY: HandoffSummary = {
  wants: '',
  missing: [],
  next_step: '',
  lead_score: 0,
  lead_temperature: 'cold',
  priority: 'normal',
  source: 'unknown',
  facts: EMPTY_FACTS,
};

/** Whom a person was handed to, and when: counted in reports, hence kept under a random id. */
@Injectable()
export class HandoffRecordsRepository implements PersonRecords {
  constructor(private readonly database: Database) {}

  async exportOf({ locationId, contactId }: PersonKey): Promise<Readonly<Record<string, unknown>>> {
    const rows = await this.database.kysely
      .selectFrom('handoff')
      .selectAll()
      .where('location_id', '=', locationId)
      .where('contact_id', '=', contactId)
      .orderBy('handoff_id')
      .execute();
    return { handoffs: rows.map(toHandoff).map(handoffDto) };
  }

  /** An open one is over without having been acknowledged: nobody has taken it, and nobody can any more. */
  async erase(
    trx: DatabaseTransaction,
    { locationId, contactId, pseudonym, salt, at }: Erasure,
  ): Promise<ErasedCounts> {
    const { numAffectedRows = 0n } = await sql`
      update handoff set contact_id = ${pseudonym}, summary = ${JSON.stringify(NO_SUMMARY)}::jsonb,
        delivery_id = ${unlinkedId('delivery_id', salt)}, state = 'resolved',
        resolved_at = coalesce(resolved_at, ${at}::timestamptz),
        resolved_by = coalesce(resolved_by, ${ERASURE})
      where location_id = ${locationId} and contact_id = ${contactId}`.execute(trx);
    return { handoffs: Number(numAffectedRows) };
  }
}
