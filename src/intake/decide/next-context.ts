import type { LeadEvent } from '../../leads/crm-event.js';
import {
  MAX_TURNS,
  MAX_TURN_LENGTH,
  type LeadContext,
  type Suppression,
  type Turn,
} from '../../leads/lead-context.js';
import { followUpDueAt } from './answer-lead.js';
import { contactAfter, earnedTags, type LeadDraft, type LeadInput } from './lead-draft.js';

/** The lead's context after this decision. */
export function nextContext(draft: LeadDraft, input: LeadInput): LeadContext {
  const { event, at } = input;
  const { context } = input.situation;
  const { analysis, followUp } = draft;
  return {
    ...context,
    turns: withTurns(context.turns, newTurns(draft, input)),
    facts: analysis.facts,
    lead_score: analysis.lead_score,
    lead_temperature: analysis.lead_temperature,
    priority: analysis.priority,
    first_source: context.first_source ?? event.source,
    last_source: event.source ?? context.last_source,
    contact: contactAfter(input),
    tags: earnedTags(analysis),
    suppression: suppressionAfter(draft, input),
    follow_up:
      followUp === null
        ? null
        : { action: followUp.action, due_at: followUpDueAt(followUp, at).toISOString() },
  };
}

/** Appends, keeping the newest `MAX_TURNS`. */
export function withTurns(turns: readonly Turn[], added: readonly Turn[]): Turn[] {
  return [...turns, ...added].slice(-MAX_TURNS);
}

export function turn(from: Turn['from'], at: Date, text: string): Turn {
  return { at: at.toISOString(), from, text: text.slice(0, MAX_TURN_LENGTH).toWellFormed() };
}

function newTurns({ reply }: LeadDraft, { event, at }: LeadInput): Turn[] {
  const turns: Turn[] = [];
  if (event.text !== '') turns.push(turn('lead', event.occurredAt, event.text));
  if (reply.send && reply.text !== null) turns.push(turn('bot', at, reply.text));
  return turns;
}

function suppressionAfter(
  { consent }: LeadDraft,
  { situation: { context }, at }: LeadInput,
): Suppression | null {
  if (consent === 'opt_out')
    return context.suppression ?? { at: at.toISOString(), reason: 'opted_out' };
  return consent === 'opt_in' ? null : context.suppression;
}

/**
 * The source that a lead counts under: what this event names, else the last one stored, else the
 * channel; empty when there is none of them. The channel is never stored, so that it cannot hide a
 * real source that arrives later.
 */
export function leadSource(
  event: Pick<LeadEvent, 'source' | 'channel'>,
  context: Pick<LeadContext, 'last_source'>,
): string {
  return event.source ?? context.last_source ?? event.channel ?? '';
}
