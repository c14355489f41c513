import { Injectable } from '@nestjs/common';
import type { AddressedLead } from '../../consent/consent.repository.js';
import { contactAddress } from '../../consent/consent-register.js';
import { Crm, type CrmContact } from '../../crm/crm.port.js';
import type { FollowUpAction } from '../../leads/lead-documents.js';
import type { LeadKey } from '../../leads/lead-key.js';
import { LocationSettings, type SettingsOfLocation } from '../../settings/location-settings.js';
import { Clock } from '../../shared/clock.js';
import { shareRoundTrips } from '../../shared/group-commit.js';
import { dispositionOfFailure, type Disposition } from '../disposition.js';
import { EffectRegistry } from '../effect-registry.js';
import { answerTask } from './answer-task.js';
import { SendingRepository } from './sending.repository.js';
import {
  contactOf,
  judgeSending,
  type Outgoing,
  type SendingVerdict,
  type SuppressReason,
} from './sending-rules.js';

/** What becomes of a follow-up: a task to call, a place in a workflow, a text as a task, or the text. */
export type FollowUpForm =
  | { readonly kind: 'call' | 'suggestion' | 'text' }
  | { readonly kind: 'workflow'; readonly workflowId: string };

/** What a person has to do where a reply is given up: the lead still waits for an answer. */
const TASKS: Partial<Record<SuppressReason, string>> = {
  capped: 'Answer this lead: it has had as many automatic replies as it may',
  stale: 'Answer this lead: our reply was held up too long',
};

/**
 * The one door: whatever reaches a lead asks here, after its turn has come and right before the call.
 * Fails closed.
 */
@Injectable()
export class SendingDoor {
  private readonly known = shareRoundTrips((leads: readonly AddressedLead[]) =>
    this.leads.findKnown(leads, this.clock.now()),
  );

  constructor(
    private readonly leads: SendingRepository,
    private readonly registry: EffectRegistry,
    private readonly settings: LocationSettings,
    private readonly crm: Crm,
    private readonly clock: Clock,
  ) {}

  /** By what is known here: a message that is held asks again and again, and should cost the CRM no call. */
  async askEarly(lead: LeadKey, outgoing: Outgoing): Promise<Disposition | undefined> {
    return dispositionOf(await this.judge(lead, outgoing, undefined), outgoing, this.clock.now());
  }

  /** @returns undefined when it may go out */
  async ask(lead: LeadKey, outgoing: Outgoing): Promise<Disposition | undefined> {
    const contact = await this.crm.getContact(lead.locationId, lead.contactId, true);
    if (!contact.ok) return dispositionOfFailure(contact.failure);
    // Ours last: the lead may have said no while the CRM answered.
    const verdict = await this.judge(lead, outgoing, contact.value);
    return dispositionOf(verdict, outgoing, this.clock.now());
  }

  async formOf({ locationId }: LeadKey, action: FollowUpAction): Promise<FollowUpForm> {
    return followUpForm(action, await this.settings.of(locationId));
  }

  /** The CRM refuses to text this contact: what was planned ends, and nothing is tried again before it is lifted there. */
  async recordBlock(lead: LeadKey, effectId: number, channel: string): Promise<void> {
    const now = this.clock.now();
    const entry = {
      kind: 'dnd_on',
      channel,
      address: contactAddress(lead.contactId),
      at: now.toISOString(),
      saidBy: 'crm',
      words: null,
    } as const;
    await this.leads.recordRefusal(lead, entry, { origin: `effect:${effectId}`, now });
  }

  private async judge(
    lead: LeadKey,
    outgoing: Outgoing,
    contact: CrmContact | undefined,
  ): Promise<SendingVerdict> {
    const { messaging, profile } = await this.settings.of(lead.locationId);
    const [known, held] = await Promise.all([
      this.known.submit({ ...lead, contact: contactOf(contact) }),
      this.holds(lead, outgoing),
    ]);
    const now = this.clock.now();
    const locationTimezone = profile.timezone;
    const verdict = judgeSending({
      lead,
      outgoing,
      known,
      contact,
      messaging,
      locationTimezone,
      now,
    });
    return verdict.kind === 'suppress' ? verdict : held.kind === 'postpone' ? held : verdict;
  }

  /** The first of the registered holds that wants the message to wait has it wait. */
  private async holds(lead: LeadKey, { purpose, createdAt }: Outgoing): Promise<SendingVerdict> {
    if (purpose === 'notice') return { kind: 'send' };
    for (const hold of this.registry.holds) {
      const verdict = await hold.judge(lead, { purpose, createdAt }, this.clock.now());
      if (verdict.kind === 'postpone') return verdict;
    }
    return { kind: 'send' };
  }
}

/**
 * A call is made by a person, nurture by the configured workflow. Who wants no automatic replies wants
 * no texts out of the blue either.
 */
export function followUpForm(
  action: FollowUpAction,
  { nurtureWorkflowId, replyMode }: Pick<SettingsOfLocation, 'nurtureWorkflowId' | 'replyMode'>,
): FollowUpForm {
  if (action === 'immediate_call') return { kind: 'call' };
  if (action === 'nurture_sequence' && nurtureWorkflowId !== undefined) {
    return { kind: 'workflow', workflowId: nurtureWorkflowId };
  }
  const textsByItself = replyMode === 'all' || replyMode === 'high_priority';
  return { kind: textsByItself ? 'text' : 'suggestion' };
}

function dispositionOf(
  verdict: SendingVerdict,
  { purpose }: Outgoing,
  now: Date,
): Disposition | undefined {
  switch (verdict.kind) {
    case 'send':
      return undefined;
    case 'postpone':
      return { ...verdict, kind: 'postponed' };
    case 'suppress': {
      const title = purpose === 'reply' ? TASKS[verdict.reason] : undefined;
      const instead =
        title === undefined
          ? undefined
          : answerTask({ title, body: `${title}. Look at the conversation.` }, now);
      return { kind: 'suppressed', reason: verdict.reason, instead };
    }
  }
}
