import { isDoNotDisturb, isHeld, refusedSince } from '../../consent/consent-register.js';
import type { ConsentRegister } from '../../consent/consent-register.js';
import type { Cap, MessagingConfiguration } from '../../config/messaging-configuration.js';
import type { CrmContact } from '../../crm/crm.port.js';
import { wearsKillTag } from '../../leads/kill-tags.js';
import type { LeadContext } from '../../leads/lead-context.js';
import type { LeadKey } from '../../leads/lead-key.js';
import type { HoldVerdict } from '../effect-registry.js';
import { zonesOfPhone } from './area-code-zone.js';
import { nextAllowedTime } from './quiet-hours.js';

/** `notice` answers HELP, or whether a machine writes: only a refusal holds it. */
export type Purpose = 'reply' | 'follow_up' | 'notice';

/** What wants to reach a lead. */
export interface Outgoing {
  readonly purpose: Purpose;
  readonly channel: string;
  /** The lead has written on this channel itself. */
  readonly isTheirChannel: boolean;
  /** Of the message that it answers; undefined when it answers none. */
  readonly answersAt?: Date | undefined;
  /** When it was decided. */
  readonly createdAt: Date;
  /** When it was to go out, by its plan or by what held it. */
  readonly dueAt: Date;
}

/** Texts that have reached a lead, by when; of the longest period that is capped. */
export interface SentTexts {
  readonly replies: readonly Date[];
  readonly others: readonly Date[];
}

/** What this service knows of a lead. */
export interface KnownLead {
  readonly context: LeadContext;
  readonly register: ConsentRegister;
  readonly sent: SentTexts;
}

export interface SendingQuestion {
  readonly lead: LeadKey;
  readonly outgoing: Outgoing;
  readonly known: KnownLead;
  /** As the CRM holds it at this moment; undefined as long as it has not been asked. */
  readonly contact: CrmContact | undefined;
  readonly messaging: MessagingConfiguration;
  readonly locationTimezone: string;
  readonly now: Date;
}

export type SendingVerdict =
  HoldVerdict | { readonly kind: 'suppress'; readonly reason: SuppressReason };

export type SuppressReason =
  | 'suppressed'
  | 'do_not_disturb'
  | 'kill_tag'
  | 'human_takeover'
  | 'unreachable'
  | 'stale'
  | 'capped';

/** A reply that could not go out within this time is no longer part of a conversation. */
export const CONVERSATIONAL_MS = 15 * 60_000;
/** How soon a message asks again that waits for a person to read the lead's. */
export const HOLD_RECHECK_MS = 15 * 60_000;

const SEND: SendingVerdict = { kind: 'send' };
type Rule = (question: SendingQuestion) => SendingVerdict | undefined;

/** In the order in which an operator would look for the reason: never, not by us, not now. */
const RULES: readonly Rule[] = [
  heldByRefusal,
  heldByCrm,
  heldByTag,
  heldByPerson,
  heldByDoubt,
  cannotArrive,
  isTooLate,
  isCapped,
  isQuietHour,
];
/** What even a notice has to pass. */
const NOTICE_RULES: readonly Rule[] = [heldByRefusal, heldByCrm, cannotArrive];

/**
 * May this text, or this workflow, reach the lead now? Asked at the last moment before every one,
 * whatever caused it, since the lead may have refused, or a person taken over, after it was decided.
 */
export function judgeSending(question: SendingQuestion): SendingVerdict {
  const rules = question.outgoing.purpose === 'notice' ? NOTICE_RULES : RULES;
  for (const rule of rules) {
    const verdict = rule(question);
    if (verdict !== undefined) return verdict;
  }
  return SEND;
}

function suppress(reason: SuppressReason): SendingVerdict {
  return { kind: 'suppress', reason };
}

/** By the number that the CRM holds now, and by the one that the lead was known under. */
function heldByRefusal({
  lead,
  outgoing,
  known,
  contact,
}: SendingQuestion): SendingVerdict | undefined {
  const { contactId } = lead;
  const { channel } = outgoing;
  const holders = [known.context.contact, contactOf(contact)];
  const isRefused = holders.some(
    (holder) => refusedSince(known.register, { contactId, contact: holder }, channel) !== null,
  );
  return isRefused ? suppress('suppressed') : undefined;
}

/** Where the CRM reaches it. */
export function contactOf(contact: CrmContact | undefined) {
  const { phone, email } = contact ?? {};
  return {
    ...(phone === undefined ? {} : { phone }),
    ...(email === undefined ? {} : { email }),
  };
}

function heldByCrm({
  lead,
  outgoing,
  known,
  contact,
}: SendingQuestion): SendingVerdict | undefined {
  const { channel } = outgoing;
  const addressed = { contactId: lead.contactId, contact: {} };
  // The CRM's own word, where it has been asked, is newer than what its events told.
  const isBlocked =
    contact === undefined
      ? isDoNotDisturb(known.register, addressed, channel)
      : contact.isBlocked(channel);
  return isBlocked ? suppress('do_not_disturb') : undefined;
}

function heldByTag({ known, contact, messaging }: SendingQuestion): SendingVerdict | undefined {
  const tags = contact?.tags ?? known.context.contact.tags;
  return wearsKillTag(tags, messaging.killTags) ? suppress('kill_tag') : undefined;
}

/** What was planned before a person took over never comes; what was planned after waits until it is over. */
function heldByPerson({
  outgoing,
  known,
  messaging,
  now,
}: SendingQuestion): SendingVerdict | undefined {
  const { human_takeover_at: takeoverAt } = known.context;
  if (takeoverAt === null) return undefined;
  const takenOver = Date.parse(takeoverAt);
  if (takenOver >= outgoing.createdAt.getTime()) return suppress('human_takeover');
  if (messaging.takeoverMs === null) return suppress('human_takeover');
  const until = new Date(takenOver + messaging.takeoverMs);
  return until > now ? { kind: 'postpone', until, reason: 'human_takeover' } : undefined;
}

function heldByDoubt({ lead, known, now }: SendingQuestion): SendingVerdict | undefined {
  const addressed = { contactId: lead.contactId, contact: {} };
  return isHeld(known.register, addressed, known.context.clear_at)
    ? { kind: 'postpone', until: new Date(now.getTime() + HOLD_RECHECK_MS), reason: 'hold' }
    : undefined;
}

/** Known only from the CRM; where the lead wrote from, it can be reached. */
function cannotArrive({ outgoing, known, contact }: SendingQuestion): SendingVerdict | undefined {
  if (contact === undefined || outgoing.isTheirChannel) return undefined;
  const needed = NEEDED[outgoing.channel];
  if (needed === undefined) return undefined;
  const holders = [contact, known.context.contact];
  const isKnown = holders.some((holder) => (holder[needed] ?? '') !== '');
  return isKnown ? undefined : suppress('unreachable');
}

const NEEDED: Readonly<Record<string, 'phone' | 'email'>> = {
  SMS: 'phone',
  RCS: 'phone',
  WhatsApp: 'phone',
  Email: 'email',
};

/** A reply that nothing of ours held, and that an outage kept from going out, is a person's by now. */
function isTooLate({ outgoing, messaging, now }: SendingQuestion): SendingVerdict | undefined {
  const isReply = outgoing.purpose === 'reply';
  const lateMs = now.getTime() - outgoing.dueAt.getTime();
  return isReply && lateMs > messaging.replyMaxAgeMs ? suppress('stale') : undefined;
}

function isCapped({
  outgoing,
  known,
  messaging,
  now,
}: SendingQuestion): SendingVerdict | undefined {
  const isReply = outgoing.purpose === 'reply';
  const until = isReply
    ? freeFrom(known.sent.replies, messaging.replyCaps, now)
    : freeFrom(known.sent.others, messaging.messageCaps, now);
  if (until === null) return undefined;
  return isReply ? suppress('capped') : { kind: 'postpone', until, reason: 'capped' };
}

/** When the next one may go out; null: now. */
export function freeFrom(sent: readonly Date[], caps: readonly Cap[], now: Date): Date | null {
  const waits = caps.flatMap(({ count, periodMs }) => {
    const sinceMs = now.getTime() - periodMs;
    const within = sent.map((at) => at.getTime()).filter((at) => at > sinceMs);
    if (within.length < count) return [];
    const freeing = within.sort((left, right) => left - right)[within.length - count];
    return [(freeing ?? now.getTime()) + periodMs];
  });
  return waits.length === 0 ? null : new Date(Math.max(...waits));
}

function isQuietHour(question: SendingQuestion): SendingVerdict | undefined {
  const { messaging, now } = question;
  if (messaging.quietHours === null || isConversational(question)) return undefined;
  const until = nextAllowedTime(now, zonesOf(question), messaging.quietHours);
  return until.getTime() === now.getTime()
    ? undefined
    : { kind: 'postpone', until, reason: 'quiet_hours' };
}

/** By the message's own time: one that reached us late is no conversation any more. */
function isConversational({ outgoing, messaging, now }: SendingQuestion): boolean {
  const { purpose, answersAt } = outgoing;
  return (
    purpose === 'reply' &&
    answersAt !== undefined &&
    !messaging.quietHoursForReplies &&
    now.getTime() - answersAt.getTime() <= CONVERSATIONAL_MS
  );
}

function zonesOf({ contact, known, locationTimezone }: SendingQuestion): readonly string[] {
  const { contact: stored } = known.context;
  const zones = [
    contact?.timezone ?? stored.timezone ?? '',
    ...zonesOfPhone(contact?.phone ?? stored.phone),
  ].filter((zone) => zone !== '');
  return zones.length > 0 ? zones : [locationTimezone];
}
