import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { ofContact } from '../database/of-contact.js';
import type { DatabaseTransaction } from '../database/transactions.js';
import type {
  Erasure,
  ErasedCounts,
  PersonKey,
  PersonRecords,
  Refusal,
} from '../privacy/person-records.js';
import { refusedSince } from './consent-register.js';
import { ConsentRepository } from './consent.repository.js';

/** What a person said about being written to. */
@Injectable()
export class ConsentRecordsRepository implements PersonRecords {
  constructor(
    private readonly database: Database,
    private readonly consent: ConsentRepository,
  ) {}

  async exportOf(person: PersonKey): Promise<Readonly<Record<string, unknown>>> {
    return { consent: await this.listFor(person) };
  }

  /** Oldest first. */
  listFor(person: PersonKey) {
    return this.database.kysely
      .selectFrom('consent_entry')
      .select([
        'effective_at as at',
        'kind',
        'channel',
        'address',
        'said_by',
        'words',
        'origin',
        'recorded_at',
      ])
      .where(ofContact(person))
      .orderBy('effective_at')
      .orderBy('entry_id')
      .execute();
  }

  /** What stands; what was lifted is over. */
  async refusalsOf(trx: DatabaseTransaction, person: PersonKey): Promise<readonly Refusal[]> {
    const lead = { ...person, contact: {} };
    const [register = []] = await this.consent.registersOf([lead]).on(trx);
    const channels = new Set(register.map(({ channel }) => channel));
    return [...channels].flatMap((channel) => {
      const since = refusedSince(register, lead, channel);
      return since === null ? [] : [{ channel, refusedAt: new Date(since) }];
    });
  }

  async erase(trx: DatabaseTransaction, erasure: Erasure): Promise<ErasedCounts> {
    const { numDeletedRows } = await trx
      .deleteFrom('consent_entry')
      .where(ofContact(erasure))
      .executeTakeFirst();
    return { consent_entries: Number(numDeletedRows) };
  }
}
