import type { AddressedContact } from '../../consent/consent-register.js';
import { wearsKillTag } from '../../leads/kill-tags.js';
import type { LeadContext } from '../../leads/lead-context.js';
import type {
  FollowUp,
  FollowUpAction,
  LeadAnalysis,
  LeadIntent,
} from '../../leads/lead-documents.js';
import { lastQuestionOf } from '../../leads/analysis/last-question.js';
import { writeHelp, writeReply, type ReplyText } from '../../leads/replies/reply-text.js';
import type { WithheldReason } from './decision.js';
import { consentStanding } from './lead-consent.js';
import {
  contactAfter,
  type Answer,
  type LeadInput,
  type ReadLead,
  type ReadMessage,
  sentTexts,
  spokenTurns,
} from './lead-input.js';

/** How often a lead is told how to stop, or that a machine writes. */
const NOTICE_EVERY_MS = 3_600_000;

/** Who is kept in touch with. Of what a message without an intent of its own leaves standing. */
const NURTURED: ReadonlySet<LeadIntent> = new Set(['buyer', 'acknowledgement']);
/** Who has a person's ear once, and no automatic messages. */
const FOR_A_PERSON: ReadonlySet<LeadIntent> = new Set(['seller', 'renter']);

export function isNurtured(intent: LeadIntent): boolean {
  return NURTURED.has(intent);
}

export function isForAPerson(intent: LeadIntent): boolean {
  return FOR_A_PERSON.has(intent);
}

/** An acknowledgement says nothing of what its writer wants: that stands as before. */
export function intentAfter(message: ReadMessage, { intent }: LeadContext): LeadIntent {
  const hasOwn =
    message.intent !== 'acknowledgement' && !message.saysNothing && message.text !== '';
  return hasOwn ? message.intent : (intent ?? message.intent);
}

export function addressedLead(input: LeadInput): AddressedContact {
  return { contactId: input.event.contactId, contact: contactAfter(input) };
}

export function decideAnswer(lead: ReadLead, input: LeadInput): Answer {
  const { message } = lead;
  if (message.consent?.verdict === 'opt_out') return withheldAnswer(null, 'suppressed');
  const isNotice = message.asksForHelp || message.asksWhetherAutomated;
  const reply = message.asksForHelp ? helpText(message, input) : replyText(message, input);
  const withheld = isNotice
    ? noticeWithheld(lead, input)
    : (standingReason(lead, input) ?? wordsReason(lead, input) ?? newsReason(reply, lead, input));
  return {
    reply: { text: reply.text, send: withheld === null, withheld },
    isNotice: isNotice && withheld === null,
  };
}

function withheldAnswer(text: string | null, withheld: WithheldReason): Answer {
  return { reply: { text, send: false, withheld }, isNotice: false };
}

function addressee(message: ReadMessage, input: LeadInput) {
  const { context } = input.situation;
  return {
    firstName: contactAfter(input).firstName,
    language: message.language ?? context.language,
    businessName: input.settings.messaging.businessName,
    hasHistory: sentTexts(context, input.at).length > 0,
  };
}

function replyText(message: ReadMessage, input: LeadInput): ReplyText {
  const { context } = input.situation;
  return writeReply(message.analysis, {
    ...addressee(message, input),
    asksWhetherAutomated: message.asksWhetherAutomated,
    asksQuestion: message.asksQuestion && !message.asksWhetherAutomated,
    lastQuestion: lastQuestionOf(spokenTurns(context, input.at)),
  });
}

function helpText(message: ReadMessage, input: LeadInput): ReplyText {
  const text = writeHelp(addressee(message, input));
  return { text, body: text, asks: false };
}

/** Nothing but a refusal holds it, and once an hour is enough. */
function noticeWithheld(lead: ReadLead, input: LeadInput): WithheldReason | null {
  const refused = refusedReason(lead, input);
  if (refused !== null) return refused;
  const { notice_at: noticeAt } = input.situation.context;
  const isRecent = noticeAt !== null && input.at.getTime() - Date.parse(noticeAt) < NOTICE_EVERY_MS;
  return isRecent ? 'nothing_new' : null;
}

function refusedReason(lead: ReadLead, input: LeadInput): WithheldReason | null {
  const standing = standingOf(lead, input);
  if (standing.isRefused) return 'suppressed';
  return standing.isDoNotDisturb || input.event.contact.dnd === true ? 'do_not_disturb' : null;
}

function standingOf({ message, consent }: ReadLead, input: LeadInput) {
  const { event, situation } = input;
  const isDoubted = message.consent?.verdict === 'hold';
  const standing = consentStanding(consent.register, addressedLead(input), {
    channel: event.replyChannel,
    clearAt: isDoubted ? situation.context.clear_at : input.event.occurredAt.toISOString(),
  });
  return { ...standing, isHeld: standing.isHeld || isDoubted };
}

/** What stands against any message to this lead. */
function standingReason(lead: ReadLead, input: LeadInput): WithheldReason | null {
  const { situation, settings, at } = input;
  const refused = refusedReason(lead, input);
  if (refused !== null) return refused;
  if (standingOf(lead, input).isHeld) return 'hold';
  if (situation.handoff !== null) return 'handoff_open';
  if (isHeldByHuman(situation.context.human_takeover_at, at, settings.messaging.takeoverMs)) {
    return 'human_takeover';
  }
  return wearsKillTag(contactAfter(input).tags, settings.messaging.killTags) ? 'kill_tag' : null;
}

/** @param takeoverMs null: until somebody resumes the automatic messages */
function isHeldByHuman(takeoverAt: string | null, now: Date, takeoverMs: number | null): boolean {
  if (takeoverAt === null) return false;
  return takeoverMs === null || now.getTime() - Date.parse(takeoverAt) < takeoverMs;
}

/** What kind of message is not answered. */
function wordsReason({ message, intent }: ReadLead, input: LeadInput): WithheldReason | null {
  if (message.intent === 'reaction' || message.intent === 'auto_reply') return message.intent;
  if (!isNurtured(intent)) return 'not_a_buyer';
  if (message.intent === 'acknowledgement') return 'acknowledgement';
  return isInquiry(message, input) ? null : 'not_a_buyer';
}

/** Sources of contacts that somebody else has brought in. */
const NOT_ASKED_FOR = new Set(
  'import imported csv_import csv bulk_import bulk crm_ui crm ui manual manually api public_api private_api integration'.split(
    ' ',
  ),
);
const CREATED = new Set(['contact.created', 'ContactCreate']);

export function isCreation({ type }: Pick<LeadInput['event'], 'type'>): boolean {
  return CREATED.has(type);
}

/** A contact that was created has asked for something only when it wrote, or came by a door of the business. */
export function isInquiry(message: Pick<ReadMessage, 'text'>, { event }: LeadInput): boolean {
  if (!isCreation(event) || message.text.trim() !== '') return true;
  const source = event.source?.replace(/[^a-z0-9]+/g, '_').replace(/^_+|_+$/g, '') ?? '';
  return source !== '' && !NOT_ASKED_FOR.has(source);
}

/** Whether there is something to say now, and whether it is said by itself. */
function newsReason(
  reply: ReplyText,
  { message }: ReadLead,
  { event, situation, settings, at }: LeadInput,
): WithheldReason | null {
  const { replyMode, messaging } = settings;
  const sends =
    replyMode === 'all' || (replyMode === 'high_priority' && message.analysis.priority === 'high');
  if (!sends) return 'reply_mode';
  if (isStale(event, messaging.replyMaxAgeMs)) return 'stale';
  const last = sentTexts(situation.context, at).at(-1);
  if (last === undefined) return null;
  const addsNothing = !reply.asks && !message.asksQuestion;
  return addsNothing || last.text.includes(reply.body) ? 'nothing_new' : null;
}

/** Judged once, at arrival: what we hold back ourselves does not become stale. */
function isStale({ occurredAt, receivedAt }: LeadInput['event'], maxAgeMs: number): boolean {
  return receivedAt.getTime() - occurredAt.getTime() > maxAgeMs;
}

/** Minutes until each proposed step, as the replaced bot had them. */
const DELAY_MINUTES: Readonly<Record<FollowUpAction, number>> = {
  immediate_call: 60,
  same_day_follow_up: 240,
  nurture_sequence: 1_440,
};

export function proposeFollowUp(analysis: LeadAnalysis): FollowUp {
  const action = followUpAction(analysis);
  return { action, delay_minutes: DELAY_MINUTES[action] };
}

function followUpAction({ priority, lead_temperature }: LeadAnalysis): FollowUpAction {
  if (priority === 'high') return 'immediate_call';
  if (priority === 'review_required' || lead_temperature === 'warm') return 'same_day_follow_up';
  return 'nurture_sequence';
}

/** A feature's recommended delay, when it set a usable one, is the due time. */
export function followUpDueAt(followUp: FollowUp, decidedAt: Date): Date {
  const recommended = followUp.recommended_delay_minutes;
  const minutes =
    typeof recommended === 'number' && recommended >= 0 ? recommended : followUp.delay_minutes;
  return new Date(decidedAt.getTime() + minutes * 60_000);
}
