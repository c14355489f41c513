import { Injectable, type OnModuleInit } from '@nestjs/common';
import { sql } from 'kysely';
import { execute, Reading, type Statement } from '../database/reading.js';
import { daysBefore, deleteDue, Retention } from '../database/retention.js';
import { Transactions, type DatabaseTransaction } from '../database/transactions.js';
import type { Delivery } from '../leads/crm-event.js';
import type { LeadKey } from '../leads/lead-key.js';
import {
  addressesOf,
  type AddressedContact,
  type ConsentEntry,
  type ConsentMark,
  type ConsentRegister,
} from './consent-register.js';

/** Evidence of consent is kept for five years: longer than any claim under the TCPA can be brought. */
const KEPT_DAYS = 5 * 366;
const ENTRY = { table: 'consent_entry', key: ['entry_id'] } as const;
const MAX_WORDS_LENGTH = 1_000;

/** Entries that one event or request has caused for one contact. */
export interface ConsentEntries extends LeadKey {
  /** Names what caused them: the same again adds nothing. */
  readonly origin: string;
  readonly entries: readonly ConsentEntry[];
}

interface DecidedConsent {
  readonly delivery: Delivery;
  readonly consent: readonly ConsentEntry[];
}

/** A contact of a location with what is known of its addresses. */
export type AddressedLead = LeadKey & AddressedContact;

/** The journal. Entries are added and, after five years, dropped; never changed. */
@Injectable()
export class ConsentRepository implements OnModuleInit {
  constructor(
    private readonly retention: Retention,
    private readonly transactions: Transactions,
  ) {}

  onModuleInit(): void {
    this.retention.register((executor, now, limit) =>
      deleteDue(executor, ENTRY, sql`recorded_at < ${daysBefore(now, KEPT_DAYS)}`, limit),
    );
  }

  /** Its part of the intake transaction: what stands at the addresses that are known of each lead. */
  load(
    deliveries: readonly Delivery[],
  ): Reading<ReadonlyMap<Delivery, { readonly register: ConsentRegister }>> {
    const leads = deliveries.map(({ locationId, event }) => ({
      locationId,
      contactId: event.contactId ?? '',
      contact: 'contact' in event ? event.contact : {},
    }));
    return this.marksOf(leads).map(
      (registers) =>
        new Map(
          deliveries.flatMap((delivery, index) => {
            const register = registers.get(index);
            return register === undefined ? [] : [[delivery, { register }] as const];
          }),
        ),
    );
  }

  save({
    decided,
    at,
  }: {
    readonly decided: readonly DecidedConsent[];
    readonly at: Date;
  }): readonly Statement[] {
    const added = decided.flatMap(({ delivery, consent }) =>
      consent.length === 0
        ? []
        : [
            {
              locationId: delivery.locationId,
              contactId: delivery.event.contactId ?? '',
              origin: `${delivery.deliveryId}@${at.getTime()}`,
              entries: consent,
            },
          ],
    );
    return this.adding(added, at);
  }

  /** What stands for each of these leads, in the order asked. */
  registersOf(leads: readonly AddressedLead[]): Reading<readonly ConsentRegister[]> {
    return this.marksOf(leads).map((registers) =>
      leads.map((_, index) => registers.get(index) ?? []),
    );
  }

  /** In a transaction of its own, together with what follows from it. */
  record(
    added: readonly ConsentEntries[],
    now: Date,
    also?: (trx: DatabaseTransaction) => Promise<void>,
  ): Promise<void> {
    return this.transactions.inTransaction(async (trx) => {
      await this.add(trx, added, now);
      await also?.(trx);
    });
  }

  async add(trx: DatabaseTransaction, added: readonly ConsentEntries[], now: Date): Promise<void> {
    await execute(trx, this.adding(added, now));
  }

  /** By position. Of a lead of whom nothing is written there is none. */
  private marksOf(leads: readonly AddressedLead[]): Reading<ReadonlyMap<number, ConsentRegister>> {
    if (leads.length === 0) return Reading.known(new Map());
    const asked = sql`unnest(
      ${leads.map((lead) => lead.locationId)}::text[],
      ${leads.map((lead) => lead.contactId)}::text[],
      ${leads.map((lead) => JSON.stringify(addressesOf(lead)))}::jsonb[]
    ) with ordinality`;
    return Reading.of(
      sql<ConsentMark & { readonly position: number }>`
      select position::int, entry.address, entry.channel, entry.kind, entry.contact_id as "contactId",
        to_char(max(entry.effective_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
      from (
        select position, own.address, own.channel, own.kind, own.contact_id, own.effective_at
        from ${asked} as asked (asked_location, asked_contact, addresses, position)
        join consent_entry as own
          on own.location_id = asked_location and own.contact_id = asked_contact
        union all
        select position, theirs.address, theirs.channel, theirs.kind, theirs.contact_id,
          theirs.effective_at
        from (
          select position, asked_location, asked_contact, jsonb_array_elements_text(addresses) as address
          from ${asked} as asked (asked_location, asked_contact, addresses, position)
          union
          select position, asked_location, asked_contact, unnest(array[
            'tel:' || (lead.context -> 'contact' ->> 'phone'),
            'mailto:' || lower(lead.context -> 'contact' ->> 'email')
          ])
          from ${asked} as asked (asked_location, asked_contact, addresses, position)
          join lead on lead.location_id = asked_location and lead.contact_id = asked_contact
        ) as known
        join consent_entry as theirs
          on theirs.location_id = asked_location and theirs.address = known.address
            and theirs.contact_id <> asked_contact
      ) as entry
      group by 1, 2, 3, 4, 5`,
    ).map((rows) => {
      const registers = new Map<number, ConsentMark[]>();
      for (const { position, ...mark } of rows) {
        registers.set(position - 1, [...(registers.get(position - 1) ?? []), mark]);
      }
      return registers;
    });
  }

  private adding(added: readonly ConsentEntries[], now: Date): readonly Statement[] {
    const rows = added.flatMap(({ entries, ...cause }) =>
      entries.map((entry) => ({ ...cause, ...entry })),
    );
    if (rows.length === 0) return [];
    const column = <T>(read: (row: (typeof rows)[number]) => T): T[] => rows.map(read);
    return [
      sql`
      insert into consent_entry (location_id, contact_id, origin, address, channel, kind,
        effective_at, said_by, words, recorded_at)
      select *, ${now}::timestamptz from unnest(
        ${column((row) => row.locationId)}::text[],
        ${column((row) => row.contactId)}::text[],
        ${column((row) => row.origin)}::text[],
        ${column((row) => row.address)}::text[],
        ${column((row) => row.channel)}::text[],
        ${column((row) => row.kind)}::text[],
        ${column((row) => row.at)}::timestamptz[],
        ${column((row) => row.saidBy)}::text[],
        ${column((row) => row.words?.slice(0, MAX_WORDS_LENGTH).toWellFormed() ?? null)}::text[]
      )
      on conflict do nothing`,
    ];
  }
}
