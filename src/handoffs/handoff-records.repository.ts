import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { affectedRows } from '../database/affected-rows.js';
import { Database } from '../database/database.js';
import { ofContact } from '../database/of-contact.js';
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

  async exportOf(person: PersonKey): Promise<Readonly<Record<string, unknown>>> {
    const rows = await this.database.kysely
      .selectFrom('handoff')
      .selectAll()
      .where(ofContact(person))
      .orderBy('handoff_id')
      .execute();
    return { handoffs: rows.map(toHandoff).map(handoffDto) };
  }

  /** An open one is over without having been acknowledged: nobody has taken it, and nobody can any more. */
  async erase(trx: DatabaseTransaction, erasure: Erasure): Promise<ErasedCounts> {
    const handoffs = await affectedRows(
      trx,
      sql`
      update handoff set contact_id = ${erasure.pseudonym}, summary = ${JSON.stringify(NO_SUMMARY)}::jsonb,
        delivery_id = ${unlinkedId('delivery_id', erasure.salt)}, state = 'resolved',
        resolved_at = coalesce(resolved_at, ${erasure.at}::timestamptz),
        resolved_by = coalesce(resolved_by, ${ERASURE})
      where ${ofContact(erasure)}`,
    );
    return { handoffs };
  }
}
