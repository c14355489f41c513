import type { ContactProfile, LeadEvent } from '../../leads/crm-event.js';
import type { ConsentReading } from '../../leads/analysis/consent/detect-consent.js';
import type { UnreadSign } from '../../leads/analysis/unread.js';
import type { LeadContext, ReplyLanguage, Turn } from '../../leads/lead-context.js';
import type { LeadAnalysis, LeadIntent } from '../../leads/lead-documents.js';
import type { DecisionInput, ReplyDecision } from './decision.js';
import type { LeadConsent } from './lead-consent.js';

export type LeadInput = DecisionInput<LeadEvent>;

/** A message as far as it is understood. */
export interface ReadMessage {
  /** What the lead wrote itself. */
  readonly text: string;
  readonly analysis: LeadAnalysis;
  readonly consent: ConsentReading | null;
  readonly intent: LeadIntent;
  /** Null: as before. */
  readonly language: ReplyLanguage | null;
  readonly asksQuestion: boolean;
  readonly asksForHelp: boolean;
  readonly asksWhetherAutomated: boolean;
  /** A reaction, or an answering machine: nobody has said anything. */
  readonly saysNothing: boolean;
  /** Why it may say more than was read; empty where there is no language model to read it again. */
  readonly unread: readonly UnreadSign[];
}

export interface Answer {
  readonly reply: ReplyDecision;
  /** It tells who writes and how to stop, and so passes what holds others. */
  readonly isNotice: boolean;
}

export interface ReadLead {
  readonly message: ReadMessage;
  readonly consent: LeadConsent;
  /** Of the conversation, after this message. */
  readonly intent: LeadIntent;
}

/** What is known of the contact once this event has been read. */
export function contactAfter({
  event,
  situation,
}: Pick<LeadInput, 'event' | 'situation'>): ContactProfile {
  return { ...situation.context.contact, ...event.contact };
}

/** What has been said: a text of ours that a burst may yet overtake has not. */
export function spokenTurns(
  { turns, pending_reply: pending }: LeadContext,
  at: Date,
): readonly Turn[] {
  if (pending === null || Date.parse(pending.due_at) <= at.getTime()) return turns;
  return turns.filter((turn) => turn.from !== 'bot' || turn.at < pending.since);
}

/** Ours among them. */
export function sentTexts(context: LeadContext, at: Date): readonly Turn[] {
  return spokenTurns(context, at).filter(({ from }) => from === 'bot');
}
