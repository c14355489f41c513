import { Injectable } from '@nestjs/common';
import { Configuration, type QuietHours } from '../../config/configuration.js';
import type { CrmContact } from '../../crm/crm.port.js';
import type { LeadContext } from '../../leads/lead-context.js';
import {
  HandoffHold,
  type AutomaticMessage,
  type HoldVerdict,
} from '../../handoffs/handoff-hold.js';
import type { LeadKey } from '../../leads/lead-key.js';
import { LeadRepository } from '../../leads/lead.repository.js';
import { Clock } from '../../shared/clock.js';
import { nextAllowedTime } from './quiet-hours.js';

export interface SendingRulesInput {
  readonly purpose: 'reply' | 'follow_up';
  readonly channel: string;
  /** As the CRM holds the contact at this moment. */
  readonly contact: CrmContact;
  readonly context: Pick<LeadContext, 'suppression' | 'contact' | 'human_takeover_at'> | undefined;
  /** When the effect was decided. */
  readonly createdAt: Date;
  readonly now: Date;
  readonly quietHours: QuietHours | null;
  readonly quietHoursForReplies: boolean;
  readonly locationTimezone: string;
}

/** The part of the input that the sender knows. */
export type SendingQuestion = Pick<
  SendingRulesInput,
  'purpose' | 'channel' | 'contact' | 'createdAt'
>;

export type SendingVerdict =
  | { readonly kind: 'send' }
  | { readonly kind: 'suppress'; readonly reason: string }
  | { readonly kind: 'postpone'; readonly until: Date; readonly reason: string };

/** A reply that could not go out within this time is no longer part of a conversation. */
export const CONVERSATIONAL_MS = 15 * 60_000;

/**
 * May this text go out now? Asked at the last moment before every send, since the lead may have
 * opted out, or a person may have taken over, after it was decided. Fails closed.
 */
export function maySend(input: SendingRulesInput): SendingVerdict {
  const { contact, context, channel, purpose, now } = input;
  if (context?.suppression) return { kind: 'suppress', reason: context.suppression.reason };
  if (contact.isBlocked(channel)) return { kind: 'suppress', reason: 'do_not_disturb' };
  if (purpose === 'follow_up' && tookOverSince(context?.human_takeover_at, input.createdAt)) {
    return { kind: 'suppress', reason: 'human_takeover' };
  }
  if (input.quietHours === null || isConversational(input)) return { kind: 'send' };
  const until = nextAllowedTime(now, zonesOf(input), input.quietHours);
  return until.getTime() === now.getTime()
    ? { kind: 'send' }
    : { kind: 'postpone', until, reason: 'quiet_hours' };
}

function tookOverSince(takeoverAt: string | null | undefined, createdAt: Date): boolean {
  return typeof takeoverAt === 'string' && Date.parse(takeoverAt) >= createdAt.getTime();
}

function isConversational({
  purpose,
  quietHoursForReplies,
  createdAt,
  now,
}: SendingRulesInput): boolean {
  return (
    purpose === 'reply' &&
    !quietHoursForReplies &&
    now.getTime() - createdAt.getTime() <= CONVERSATIONAL_MS
  );
}

function zonesOf({ contact, context, locationTimezone }: SendingRulesInput): string[] {
  const known = [contact.timezone, context?.contact.timezone].filter(
    (zone) => zone !== undefined && zone !== '',
  );
  return known.length > 0 ? (known as string[]) : [locationTimezone];
}

/** Puts the question with what is stored of the lead and what the operator has configured. */
@Injectable()
export class SendingRules {
  constructor(
    private readonly leads: LeadRepository,
    private readonly handoffs: HandoffHold,
    private readonly configuration: Configuration,
    private readonly clock: Clock,
  ) {}

  /** Whether a person has the word. Asked first: a held message asks again and again, and should cost no call. */
  async holds(lead: LeadKey, message: AutomaticMessage): Promise<HoldVerdict> {
    return this.handoffs.judge(lead, message, this.clock.now());
  }

  async ask(lead: LeadKey, question: SendingQuestion): Promise<SendingVerdict> {
    const { quietHours, quietHoursForReplies, profile } = this.configuration;
    const stored = await this.leads.find(lead);
    return maySend({
      ...question,
      context: stored?.context,
      now: this.clock.now(),
      quietHours,
      quietHoursForReplies,
      locationTimezone: profile.timezone,
    });
  }
}
