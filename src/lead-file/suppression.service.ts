import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  addressOf,
  ALL_CHANNELS,
  contactAddress,
  endOfHold,
  isHeld,
  refusedSince,
  withEntries,
  type AddressedContact,
  type ConsentEntry,
  type ConsentRegister,
} from '../consent/consent-register.js';
import { ConsentRepository } from '../consent/consent.repository.js';
import { Transactions } from '../database/transactions.js';
import type { EffectDraft } from '../effects/effect.js';
import { EffectRepository } from '../effects/effect.repository.js';
import { ProblemException } from '../http/problem.exception.js';
import { leadKeyText, type LeadKey } from '../leads/lead-key.js';
import { LeadRepository } from '../leads/lead.repository.js';
import { Clock } from '../shared/clock.js';
import { ALL, type SuppressionDto, type SuppressionRequest } from './suppression.dto.js';

/** A person of the team says for a lead whether it may be written to. */
@Injectable()
export class SuppressionService {
  constructor(
    private readonly leads: LeadRepository,
    private readonly consent: ConsentRepository,
    private readonly effects: EffectRepository,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** @throws {ProblemException} 404 when the lead is not known */
  async change(key: LeadKey, request: SuppressionRequest): Promise<SuppressionDto> {
    const known = await this.leads.find(key);
    if (known === undefined) throw new ProblemException(404, 'No such lead');
    const now = this.clock.now();
    const origin = `request:${randomUUID()}`;
    return this.transactions.inTransaction(async (trx) => {
      const locked = (await this.leads.lock(trx, [key], now)).get(leadKeyText(key)) ?? known;
      const lead = { ...key, contact: locked.context.contact };
      const [before = []] = await this.consent.registersOf([lead]).on(trx);
      const entries = entriesOf(request, lead, now);
      const after = withEntries(before, key.contactId, entries);
      await this.consent.add(trx, [{ ...key, origin, entries }], now);
      await this.effects.replan(
        trx,
        {
          requests: effectsOf(request, { lead, before, after }, now).map((draft) => ({
            ...key,
            origin: `@${origin}`,
            draft,
          })),
          cancellations: request.suppressed
            ? (['follow_up', 'send_message'] as const).map((kind) => ({
                ...key,
                kind,
                reason: 'suppressed',
              }))
            : [],
        },
        now,
      );
      return {
        refused_channels: ALL_CHANNELS.filter((name) => refusedSince(after, lead, name) !== null),
        held: isHeld(after, lead, locked.context.clear_at),
      };
    });
  }
}

function channelsOf({ channel = ALL }: SuppressionRequest): readonly string[] {
  return channel === ALL ? ALL_CHANNELS : [channel];
}

function entriesOf(
  request: SuppressionRequest,
  lead: AddressedContact,
  now: Date,
): readonly ConsentEntry[] {
  const common = { at: now.toISOString(), saidBy: 'person', words: request.reason } as const;
  const own = contactAddress(lead.contactId);
  const said = channelsOf(request).flatMap((channel): readonly ConsentEntry[] => {
    const address = addressOf(lead, channel);
    return request.suppressed
      ? [{ ...common, kind: 'refused', channel, address }]
      : [...new Set([address, own])].map((where) => ({
          ...common,
          kind: 'lifted',
          channel,
          address: where,
        }));
  });
  return [...said, endOfHold(lead.contactId, common.at, common.words)];
}

interface Change {
  readonly lead: AddressedContact;
  readonly before: ConsentRegister;
  readonly after: ConsentRegister;
}

function effectsOf(
  request: SuppressionRequest,
  { lead, before, after }: Change,
  dueAt: Date,
): readonly EffectDraft[] {
  const channels = channelsOf(request);
  if (request.suppressed) {
    return [{ step: 'do_not_disturb', dueAt, payload: { kind: 'set_do_not_disturb', channels } }];
  }
  const lifted = channels.filter(
    (channel) =>
      refusedSince(before, lead, channel) !== null && refusedSince(after, lead, channel) === null,
  );
  const contactIds = [
    ...new Set([lead.contactId, ...before.map(({ contactId }) => contactId)]),
  ].sort();
  return lifted.length === 0
    ? []
    : [
        {
          step: 'lift_do_not_disturb',
          dueAt,
          payload: { kind: 'lift_do_not_disturb', channels: lifted, contactIds },
        },
      ];
}
