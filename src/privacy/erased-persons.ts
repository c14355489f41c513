import { createHmac, randomBytes } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { ReloadedTable } from '../database/reloaded-table.js';
import { ReloadedTables } from '../database/reloaded-tables.js';
import type { DatabaseTransaction } from '../database/transactions.js';
import { Clock } from '../shared/clock.js';
import { normalisedAddresses, type Address, type Addresses } from './addresses.js';
import {
  ERASED_CONTACTS_CHANNEL,
  ErasedPersonRepository,
  type ErasedContact,
} from './erased-person.repository.js';
import type { PersonKey, Refusal } from './person-records.js';

const KEY_PURPOSE = 'erased persons';
const KEY_BYTES = 32;

/** A refusal that was kept when its person was erased, and by which address it was found. */
export interface KeptRefusal extends Refusal {
  readonly by: Address['kind'];
}

/** When each was erased, in milliseconds, by location and HMAC. */
type ErasureTimes = ReadonlyMap<string, number>;

/**
 * What is still known of persons who were erased: that they were, so that what happened before does not
 * bring them back, and what they refused. Both only to whoever already has the contact or the address.
 */
@Injectable()
export class ErasedPersons implements OnModuleInit {
  private readonly erased: ReloadedTable<ErasureTimes>;
  private key: string | undefined;

  constructor(
    private readonly repository: ErasedPersonRepository,
    private readonly clock: Clock,
    tables: ReloadedTables,
  ) {
    this.erased = tables.hold({
      name: 'erased_contacts',
      channel: ERASED_CONTACTS_CHANNEL,
      load: async () => timesOf(await repository.listErased()),
    });
  }

  async onModuleInit(): Promise<void> {
    const proposed = randomBytes(KEY_BYTES).toString('hex');
    this.key = await this.repository.keepKey(KEY_PURPOSE, proposed, this.clock.now());
  }

  /**
   * Whether this happened before the person was erased: then nothing of it may be stored. In memory, so
   * that every webhook can ask.
   */
  isErased({ locationId, contactId }: PersonKey, occurredAt: Date): boolean {
    const times = this.erased.value;
    if (times.size === 0) return false;
    const hmac = this.hmacOf(locationId, { kind: 'contact', value: contactId });
    const erasedAt = times.get(entry(locationId, hmac));
    return erasedAt !== undefined && occurredAt.getTime() < erasedAt;
  }

  /** In force in this process once `refresh` resolves, in the others within moments of the commit. */
  async record(
    trx: DatabaseTransaction,
    { locationId, contactId }: PersonKey,
    erasedAt: Date,
  ): Promise<void> {
    const contact_hmac = this.hmacOf(locationId, { kind: 'contact', value: contactId });
    await this.repository.recordErased(trx, {
      location_id: locationId,
      contact_hmac,
      erased_at: erasedAt,
    });
  }

  /** Keeps refusals under each address of the person. */
  async keepRefusals(
    trx: DatabaseTransaction,
    locationId: string,
    addresses: Addresses,
    refusals: readonly Refusal[],
  ): Promise<void> {
    const hmacs = normalisedAddresses(addresses).map((address) => this.hmacOf(locationId, address));
    await this.repository.keepRefusals(
      trx,
      locationId,
      hmacs.flatMap((hmac) => refusals.map((refusal) => ({ ...refusal, hmac }))),
    );
  }

  /**
   * What a person refused who was erased since, by contact, phone or e-mail; the newest first, empty when
   * nothing. Asks the database: fails closed where the caller does.
   */
  async refusalKept(locationId: string, addresses: Addresses): Promise<readonly KeptRefusal[]> {
    // Nobody has been erased: the common case costs no round trip.
    if (this.erased.value.size === 0) return [];
    const known = new Map(
      normalisedAddresses(addresses).map((address) => [
        this.hmacOf(locationId, address),
        address.kind,
      ]),
    );
    if (known.size === 0) return [];
    const rows = await this.repository.findRefusals(locationId, [...known.keys()]);
    return rows.flatMap(({ hmac, channel, refusedAt }) => {
      const by = known.get(hmac);
      return by === undefined ? [] : [{ channel, refusedAt, by }];
    });
  }

  async refresh(): Promise<void> {
    await this.erased.refresh();
  }

  /** JSON, so that no two pairs of texts make one. */
  private hmacOf(locationId: string, { kind, value }: Address): string {
    if (this.key === undefined) throw new Error('The installation key has not been read');
    return createHmac('sha256', this.key)
      .update(JSON.stringify([kind, locationId, value]))
      .digest('hex');
  }
}

function timesOf(contacts: readonly ErasedContact[]): ErasureTimes {
  return new Map(
    contacts.map(({ location_id, contact_hmac, erased_at }) => [
      entry(location_id, contact_hmac),
      erased_at.getTime(),
    ]),
  );
}

function entry(locationId: string, hmac: string): string {
  return `${hmac} ${locationId}`;
}
