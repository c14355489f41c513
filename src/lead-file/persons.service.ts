import { Inject, Injectable, Logger } from '@nestjs/common';
import { Transactions, type DatabaseTransaction } from '../database/transactions.js';
import { ProblemException } from '../http/problem.exception.js';
import { LeadRecordsRepository } from '../leads/lead-records.repository.js';
import { ErasedPersons } from '../privacy/erased-persons.js';
import {
  beginErasure,
  type ErasedCounts,
  type PersonKey,
  type PersonRecords,
  type Refusal,
} from '../privacy/person-records.js';
import { Clock } from '../shared/clock.js';
import { PERSON_RECORDS } from './person-records.provider.js';
import type { ErasureDto, PersonDocumentDto } from './person.dto.js';

/** A person's rights: all that is held of them, and the end of it. */
@Injectable()
export class Persons {
  private readonly logger = new Logger(Persons.name);

  constructor(
    @Inject(PERSON_RECORDS) private readonly records: readonly PersonRecords[],
    private readonly leads: LeadRecordsRepository,
    private readonly erased: ErasedPersons,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** @throws {ProblemException} 404 when nothing is held of this contact */
  async exportOf(person: PersonKey): Promise<PersonDocumentDto> {
    const parts = await Promise.all(this.records.map((room) => room.exportOf(person)));
    const held = parts.reduce((all, part) => ({ ...all, ...part }), {});
    if (Object.values(held).every(isNothing)) throw new ProblemException(404, 'No such lead');
    return {
      location_id: person.locationId,
      contact_id: person.contactId,
      exported_at: this.clock.now().toISOString(),
      consent: [],
      ...held,
    };
  }

  /** Everywhere or nowhere. Again, it finds nothing and says so. */
  async erase(person: PersonKey): Promise<ErasureDto> {
    const at = this.clock.now();
    const { erased, refusals } = await this.transactions.inTransaction((trx) =>
      this.eraseIn(trx, person, at),
    );
    await this.erased.refresh();
    this.logger.log({ event: 'person.erased', location_id: person.locationId, rows: erased });
    return {
      location_id: person.locationId,
      contact_id: person.contactId,
      erased_at: at.toISOString(),
      erased,
      refusal_kept: refusals.length > 0,
    };
  }

  private async eraseIn(trx: DatabaseTransaction, person: PersonKey, at: Date) {
    const { phone, email } = await this.leads.lockProfile(trx, person);
    const refusals = await this.refusalsOf(trx, person);
    const addresses = { contactId: person.contactId, phone, email };
    await this.erased.keepRefusals(trx, person.locationId, addresses, refusals);
    await this.erased.record(trx, person, at);
    const erasure = beginErasure(person, [phone, email], at);
    let erased: ErasedCounts = {};
    for (const room of this.records) erased = { ...erased, ...(await room.erase(trx, erasure)) };
    return { erased, refusals };
  }

  private async refusalsOf(
    trx: DatabaseTransaction,
    person: PersonKey,
  ): Promise<readonly Refusal[]> {
    const refusals: Refusal[] = [];
    for (const room of this.records) {
      refusals.push(...((await room.refusalsOf?.(trx, person)) ?? []));
    }
    return refusals;
  }
}

function isNothing(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
