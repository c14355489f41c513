import type { LeadEvent } from '../../leads/crm-event.js';
import {
  MAX_TURNS,
  MAX_TURN_LENGTH,
  type LeadContext,
  type Turn,
} from '../../leads/lead-context.js';
import { followUpDueAt, isNurtured } from './answer-lead.js';
import type { Burst } from './burst.js';
import type { DecidingSettings } from './decision.js';
import { clearAtAfter, effectiveTime } from './lead-consent.js';
import { tasksFor } from './lead-tasks.js';
import { earnedTags, type LeadDraft } from './lead-draft.js';
import { contactAfter, type LeadInput } from './lead-input.js';

/** The lead's context after this decision. */
export function nextContext(draft: LeadDraft, burst: Burst, input: LeadInput): LeadContext {
  const { event, at } = input;
  const { context } = input.situation;
  const { analysis, followUp, message } = draft;
  // On Node 20 properties behind a spread cost a microsecond each.
  return Object.assign({}, context, {
    turns: withTurns(standingTurns(burst, context), newTurns(draft, input)),
    facts: analysis.facts,
    lead_score: analysis.lead_score,
    lead_temperature: analysis.lead_temperature,
    priority: analysis.priority,
    first_source: context.first_source ?? event.source,
    last_source: event.source ?? context.last_source,
    contact: contactAfter(input),
    tags: earnedTags(analysis),
    suppression: null,
    clear_at:
      message.text === ''
        ? context.clear_at
        : clearAtAfter(context, message.consent, effectiveTime(event)),
    language: message.language ?? context.language,
    intent: draft.intent,
    pending_reply:
      burst.reply ?? (message.consent?.verdict === 'opt_out' ? null : context.pending_reply),
    notice_at: draft.isNotice ? at.toISOString() : context.notice_at,
    nurture_workflow: nurtureWorkflowAfter(draft, input),
    tasks: tasksAfter(draft, input),
    follow_up: followUp === null ? standingFollowUp(draft, context) : plannedFollowUp(draft, input),
  });
}

function tasksAfter(draft: LeadDraft, input: LeadInput): LeadContext['tasks'] {
  const { tasks } = input.situation.context;
  const made = tasksFor(draft, input);
  if (made.length === 0) return tasks;
  const at = input.at.toISOString();
  return { ...tasks, ...Object.fromEntries(made.map(({ name }) => [name, at])) };
}

/** Null where nobody but the holder of the handoff is to call. */
function plannedFollowUp(draft: LeadDraft, input: LeadInput): LeadContext['follow_up'] {
  const { followUp } = draft;
  if (followUp === null || isCalledByHandoff(draft, input)) return null;
  return { action: followUp.action, due_at: followUpDueAt(followUp, input.at).toISOString() };
}

/** What waits while a person reads a message stays as it is. */
function standingFollowUp({ message }: LeadDraft, { follow_up }: LeadContext) {
  return message.consent?.verdict === 'hold' ? follow_up : null;
}

/** A text that a burst has overtaken has never been said. */
function standingTurns({ overtakes, reply }: Burst, { turns }: LeadContext): readonly Turn[] {
  if (!overtakes || reply === null) return turns;
  return turns.filter((said) => said.from !== 'bot' || said.at < reply.since);
}

/** The workflow that the lead is in by now: its follow-up has come due since. */
export function nurtureWorkflowOf(
  { follow_up: followUp, nurture_workflow: known }: LeadContext,
  { nurtureWorkflowId }: Pick<DecidingSettings, 'nurtureWorkflowId'>,
  at: Date,
): string | null {
  const isDue =
    followUp?.action === 'nurture_sequence' && Date.parse(followUp.due_at) <= at.getTime();
  return isDue && nurtureWorkflowId !== undefined ? nurtureWorkflowId : known;
}

/** Out of the workflow that a follow-up put the lead into, once it must not be written to any more. */
export function leavesWorkflow({ consent, intent }: LeadDraft): boolean {
  return consent.refused.length > 0 || !isNurtured(intent);
}

function nurtureWorkflowAfter(
  draft: LeadDraft,
  { situation, settings, at }: LeadInput,
): string | null {
  return leavesWorkflow(draft) ? null : nurtureWorkflowOf(situation.context, settings, at);
}

/** Appends, keeping the newest `MAX_TURNS`. */
export function withTurns(turns: readonly Turn[], added: readonly Turn[]): Turn[] {
  return [...turns, ...added].slice(-MAX_TURNS);
}

/** A second call task an hour after the handoff's own would only confuse. */
export function isCalledByHandoff(
  { followUp, growth }: LeadDraft,
  { situation }: LeadInput,
): boolean {
  const isHandedOver = situation.handoff !== null || growth.handoff !== undefined;
  return followUp?.action === 'immediate_call' && isHandedOver;
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
