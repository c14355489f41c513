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
import type { ContactProfile } from './crm-event.js';
import { CRM_DO_NOT_DISTURB } from './lead-context.js';
import { LeadRepository } from './lead.repository.js';

/** What is remembered of a person. */
@Injectable()
export class LeadRecordsRepository implements PersonRecords {
  constructor(
    private readonly database: Database,
    private readonly leads: LeadRepository,
  ) {}

  async exportOf(person: PersonKey): Promise<Readonly<Record<string, unknown>>> {
    const lead = await this.leads.find(person);
    return {
      context: lead?.context ?? null,
      facts: lead?.context.facts ?? null,
      feature_states: lead?.featureStates ?? {},
    };
  }

  /** Locked, so that no event of the person is decided until the erasure is over. */
  async lockProfile(trx: DatabaseTransaction, person: PersonKey): Promise<ContactProfile> {
    const row = await trx
      .selectFrom('lead')
      .select('context')
      .where(ofContact(person))
      .forUpdate()
      .executeTakeFirst();
    return row?.context.contact ?? {};
  }

  /** A do-not-disturb of the CRM is not the person's own word. */
  async refusalsOf(trx: DatabaseTransaction, person: PersonKey): Promise<readonly Refusal[]> {
    const row = await trx
      .selectFrom('lead')
      .select('context')
      .where(ofContact(person))
      .executeTakeFirst();
    const suppression = row?.context.suppression ?? null;
    if (suppression === null || suppression.reason === CRM_DO_NOT_DISTURB) return [];
    return [{ channel: '*', refusedAt: new Date(suppression.at) }];
  }

  async erase(trx: DatabaseTransaction, erasure: Erasure): Promise<ErasedCounts> {
    const contexts = await trx.deleteFrom('lead').where(ofContact(erasure)).executeTakeFirst();
    const states = await trx
      .deleteFrom('lead_feature_state')
      .where(ofContact(erasure))
      .executeTakeFirst();
    return {
      contexts: Number(contexts.numDeletedRows),
      feature_states: Number(states.numDeletedRows),
    };
  }
}
