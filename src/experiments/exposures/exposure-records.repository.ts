import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { ofContact } from '../../database/of-contact.js';
import type { DatabaseTransaction } from '../../database/transactions.js';
import type {
  Erasure,
  ErasedCounts,
  PersonKey,
  PersonRecords,
} from '../../privacy/person-records.js';

/** Which variants a person was shown: counted in reports, hence kept under a random id. */
@Injectable()
export class ExposureRecordsRepository implements PersonRecords {
  constructor(private readonly database: Database) {}

  async exportOf(person: PersonKey): Promise<Readonly<Record<string, unknown>>> {
    const exposures = await this.database.kysely
      .selectFrom('exposure')
      .select(['experiment', 'variant', 'segment', 'source', 'bucket', 'epoch'])
      .select(['decided_at', 'exposed_at'])
      .where(ofContact(person))
      .orderBy('exposed_at')
      .execute();
    return { exposures };
  }

  async erase(trx: DatabaseTransaction, erasure: Erasure): Promise<ErasedCounts> {
    const { numUpdatedRows } = await trx
      .updateTable('exposure')
      .set({ contact_id: erasure.pseudonym })
      .where(ofContact(erasure))
      .executeTakeFirst();
    return { exposures: Number(numUpdatedRows) };
  }
}
