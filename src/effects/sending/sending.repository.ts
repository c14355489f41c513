import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { type AddressedLead, ConsentRepository } from '../../consent/consent.repository.js';
import {
  addressOf,
  ALL_CHANNELS,
  EVERY_CHANNEL,
  formerEntries,
  withEntries,
  type ConsentEntry,
} from '../../consent/consent-register.js';
import { Database } from '../../database/database.js';
import { Reading } from '../../database/reading.js';
import { EMPTY_CONTEXT } from '../../leads/lead-context.js';
import type { LeadKey } from '../../leads/lead-key.js';
import { LeadRepository } from '../../leads/lead.repository.js';
import { ErasedPersons } from '../../privacy/erased-persons.js';
import { EffectRepository } from '../effect.repository.js';
import type { KnownLead, SentTexts } from './sending-rules.js';

/** The longest period that texts are capped in. */
const LOOKED_BACK_DAYS = 30;
/** More texts than any cap allows. */
const MAX_TEXTS = 1_000;

/** What the sending rules have to know of a lead, as it stands now. */
@Injectable()
export class SendingRepository {
  constructor(
    private readonly database: Database,
    private readonly leads: LeadRepository,
    private readonly consent: ConsentRepository,
    private readonly erased: ErasedPersons,
    private readonly effects: EffectRepository,
  ) {}

  /** In the order asked, in one round trip. */
  async findKnown(leads: readonly AddressedLead[], now: Date): Promise<readonly KnownLead[]> {
    const [contexts, registers, sent] = await this.database.ask(
      Reading.all([
        this.leads.contextsOf(leads),
        this.consent.registersOf(leads),
        this.sentTexts(leads, now),
      ]),
    );
    return Promise.all(
      leads.map(async (lead, index) => {
        const { contactId } = lead;
        const context = contexts[index] ?? EMPTY_CONTEXT;
        const { suppression, contact } = context;
        const former = formerEntries(suppression, { contactId, contact });
        const kept = await this.keptRefusals({ ...lead, contact: { ...contact, ...lead.contact } });
        return {
          context,
          register: withEntries(registers[index] ?? [], contactId, [...former, ...kept]),
          sent: sent[index] ?? { replies: [], others: [] },
        };
      }),
    );
  }

  /** Of somebody who was erased since and comes again under the same number or address. */
  private async keptRefusals(lead: AddressedLead): Promise<readonly ConsentEntry[]> {
    const { locationId, contactId, contact } = lead;
    const kept = await this.erased.refusalKept(locationId, { contactId, ...contact });
    return kept.flatMap(({ channel, refusedAt }) =>
      (channel === EVERY_CHANNEL ? ALL_CHANNELS : [channel]).map((name) => ({
        kind: 'refused' as const,
        channel: name,
        address: addressOf(lead, name),
        at: refusedAt.toISOString(),
        saidBy: 'lead' as const,
        words: null,
      })),
    );
  }

  /** Texts by what caused them. A follow-up that became a task has reached nobody. */
  private sentTexts(leads: readonly LeadKey[], now: Date): Reading<readonly SentTexts[]> {
    const since = new Date(now.getTime() - LOOKED_BACK_DAYS * 86_400_000);
    return Reading.of(
      sql<{ position: number; kind: string; at: Date }>`
      select position::int, effect.kind, effect.finished_at as at
      from unnest(
        ${leads.map((lead) => lead.locationId)}::text[],
        ${leads.map((lead) => lead.contactId)}::text[]
      ) with ordinality as asked (location_id, contact_id, position)
      cross join lateral (
        select kind, finished_at from any_effect
        where any_effect.location_id = asked.location_id and any_effect.contact_id = asked.contact_id
          and state = 'delivered' and finished_at > ${since}::timestamptz
          and (kind = 'follow_up' and payload ->> 'action' <> 'immediate_call'
            or kind = 'send_message' and payload ->> 'purpose' is distinct from 'notice')
        limit ${MAX_TEXTS}
      ) as effect`,
    ).map((rows) =>
      leads.map((_, index) => {
        const own = rows.filter(({ position }) => position === index + 1);
        const times = (isOfKind: (kind: string) => boolean): Date[] =>
          own.filter(({ kind }) => isOfKind(kind)).map(({ at }) => at);
        return {
          replies: times((kind) => kind === 'send_message'),
          others: times((kind) => kind === 'follow_up'),
        };
      }),
    );
  }

  /** Keeps what the CRM says of a contact that it refuses to text, and ends what was planned. */
  async recordRefusal(
    lead: LeadKey,
    entry: ConsentEntry,
    { origin, now }: { readonly origin: string; readonly now: Date },
  ): Promise<void> {
    const { locationId, contactId } = lead;
    const reason = 'do_not_disturb';
    const cancellations = [{ locationId, contactId, kind: 'follow_up' as const, reason }];
    await this.consent.record([{ locationId, contactId, origin, entries: [entry] }], now, (trx) =>
      this.effects.replan(trx, { requests: [], cancellations }, now),
    );
  }
}
