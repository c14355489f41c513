import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { ofContact } from '../database/of-contact.js';
import type { DatabaseTransaction } from '../database/transactions.js';
import { unlinkedId } from '../database/unlinked-id.js';
import type { Erasure, ErasedCounts, PersonKey, PersonRecords } from '../privacy/person-records.js';

/** What became of a person: counted in reports, hence kept under a random id. */
@Injectable()
export class ConversionRecordsRepository implements PersonRecords {
  constructor(private readonly database: Database) {}

  async exportOf(person: PersonKey): Promise<Readonly<Record<string, unknown>>> {
    const { kysely } = this.database;
    const outcome = await kysely
      .selectFrom('lead_outcome')
      .select(['outcome', 'field', 'value', 'occurred_at', 'announced', 'recorded_at'])
      .where(ofContact(person))
      .executeTakeFirst();
    const milestones = await kysely
      .selectFrom('lead_milestone')
      .select(['kind', 'occurred_at', 'delivery_id'])
      .where(ofContact(person))
      .orderBy('occurred_at')
      .orderBy('kind')
      .execute();
    return { outcome: outcome ?? null, milestones };
  }

  async erase(trx: DatabaseTransaction, erasure: Erasure): Promise<ErasedCounts> {
    const outcomes = await trx
      .updateTable('lead_outcome')
      // Somebody may have typed the value.
      .set({ contact_id: erasure.pseudonym, value: null })
      .where(ofContact(erasure))
      .executeTakeFirst();
    const milestones = await trx
      .updateTable('lead_milestone')
      .set({ contact_id: erasure.pseudonym, delivery_id: unlinkedId('delivery_id', erasure.salt) })
      .where(ofContact(erasure))
      .executeTakeFirst();
    return {
      outcomes: Number(outcomes.numUpdatedRows),
      milestones: Number(milestones.numUpdatedRows),
    };
  }
}
