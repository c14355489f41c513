import { Injectable } from '@nestjs/common';
import type { QuietHours } from '../../config/configuration.js';
import type { CrmContact } from '../../crm/crm.port.js';
import type { LeadContext } from '../../leads/lead-context.js';
import type { FollowUpAction } from '../../leads/lead-documents.js';
import type { LeadKey } from '../../leads/lead-key.js';
import { LeadRepository } from '../../leads/lead.repository.js';
import { shareRoundTrips } from '../../shared/group-commit.js';
import { LocationSettings, type SettingsOfLocation } from '../../settings/location-settings.js';
import { EffectRegistry, type AutomaticMessage, type HoldVerdict } from '../effect-registry.js';
import { LeadSuppression } from './lead-suppression.js';
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

export type SendingVerdict = HoldVerdict | { readonly kind: 'suppress'; readonly reason: string };

/** What becomes of a follow-up: a task to call, a place in a workflow, a text as a task, or the text. */
export type FollowUpForm =
  | { readonly kind: 'call' | 'suggestion' | 'text' }
  | { readonly kind: 'workflow'; readonly workflowId: string };

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

/** Puts the questions with what is stored of the lead and what its location has set. */
@Injectable()
export class SendingRules {
  private readonly contexts = shareRoundTrips((leads: readonly LeadKey[]) =>
    this.leads.findContexts(leads),
  );

  constructor(
    private readonly leads: LeadRepository,
    private readonly registry: EffectRegistry,
    private readonly suppression: LeadSuppression,
    private readonly settings: LocationSettings,
  ) {}

  /** The first of the registered holds that wants the message to wait has it wait. */
  async holds(lead: LeadKey, message: AutomaticMessage, now: Date): Promise<HoldVerdict> {
    for (const hold of this.registry.holds) {
      const verdict = await hold.judge(lead, message, now);
      if (verdict.kind === 'postpone') return verdict;
    }
    return { kind: 'send' };
  }

  async ask(lead: LeadKey, question: SendingQuestion, now: Date): Promise<SendingVerdict> {
    const { quietHours, quietHoursForReplies, profile } = await this.settings.of(lead.locationId);
    const context = await this.contexts.submit(lead);
    return maySend({
      ...question,
      context,
      now,
      quietHours,
      quietHoursForReplies,
      locationTimezone: profile.timezone,
    });
  }

  async formOf({ locationId }: LeadKey, action: FollowUpAction): Promise<FollowUpForm> {
    return followUpForm(action, await this.settings.of(locationId));
  }

  /** Of other channels the CRM's refusal says nothing about texts. */
  async takeRefusal(lead: LeadKey, channel: string): Promise<void> {
    if (channel === 'SMS') await this.suppression.suppress(lead);
  }
}
