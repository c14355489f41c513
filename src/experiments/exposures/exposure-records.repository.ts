import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
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

  async exportOf({ locationId, contactId }: PersonKey): Promise<Readonly<Record<string, unknown>>> {
    const exposures = await this.database.kysely
      .selectFrom('exposure')
      .select(['experiment', 'variant', 'segment', 'source', 'bucket', 'epoch'])
      .select(['decided_at', 'exposed_at'])
      .where('location_id', '=', locationId)
      .where('contact_id', '=', contactId)
      .orderBy('exposed_at')
      .execute();
    return { exposures };
  }

  async erase(
    trx: DatabaseTransaction,
    { locationId, contactId, pseudonym }: Erasure,
  ): Promise<ErasedCounts> {
    const { numUpdatedRows } = await trx
      .updateTable('exposure')
      .set({ contact_id: pseudonym })
      .where('location_id', '=', locationId)
      .where('contact_id', '=', contactId)
      .executeTakeFirst();
    return { exposures: Number(numUpdatedRows) };
  }
}
