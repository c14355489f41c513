import type { EffectDraft, EffectPayload } from '../../effects/effect.js';
import { READ_AGAIN_ACTION } from '../../growth/growth-feature.js';
import { lastQuestionOf } from '../../leads/analysis/last-question.js';
import { writeFollowUpText } from '../../leads/replies/reply-text.js';
import type { FollowUp, LeadAnalysis } from '../../leads/lead-documents.js';
import { unknownFacts } from '../../leads/second-reading.js';
import { followUpDueAt, isCreation } from './answer-lead.js';
import type { Burst } from './burst.js';
import { consentEffects } from './lead-consent.js';
import { tasksFor } from './lead-tasks.js';
import { isCalledByHandoff, leavesWorkflow, nurtureWorkflowOf } from './next-context.js';
import { draftFields, earnedTags, lostTags, type LeadDraft } from './lead-draft.js';
import { contactAfter, type LeadInput, sentTexts, spokenTurns } from './lead-input.js';

/** Characters that a language model gets to read: a lead says what matters early. */
const MOST_READ_AGAIN = 2_000;
/** Of a message, in a task. */
const MAX_QUOTED_LENGTH = 500;

/**
 * What has to leave the process because of a decision, in the order in which it goes out: the reply
 * first, since in this business the first minutes decide, then the CRM's records, then the timer.
 */
export function leadEffects(draft: LeadDraft, burst: Burst, input: LeadInput): EffectDraft[] {
  return [
    ...consentEffects(draft.consent, input.event, input.at),
    ...replyEffects(draft, burst, input),
    ...taskEffects(draft, input),
    ...recordEffects(draft, input),
    ...leavingEffects(draft, input),
    ...followUpEffects(draft, input),
    ...readingEffects(draft, burst, input),
  ];
}

/** Once the lead has its answer, or at once when it gets none. */
function readingEffects(draft: LeadDraft, burst: Burst, input: LeadInput): EffectDraft[] {
  if (!draft.growth.actions.includes(READ_AGAIN_ACTION)) return [];
  const { event, situation, at } = input;
  const { firstName, lastName } = contactAfter(input);
  const payload: EffectPayload = {
    kind: 'read_again',
    text: draft.message.text.slice(0, MOST_READ_AGAIN),
    occurredAt: event.occurredAt.toISOString(),
    messageType: event.type,
    replyChannel: event.replyChannel,
    source: draft.source,
    lastQuestion: lastQuestionOf(spokenTurns(situation.context, at)),
    missing: unknownFacts(draft.analysis.facts),
    names: [firstName, lastName].filter((name) => name !== undefined),
  };
  const dueAt = burst.reply === null ? at : new Date(burst.reply.due_at);
  return [{ step: 'read_again', dueAt, payload }];
}

function replyEffects(
  { reply, growth, isNotice }: LeadDraft,
  burst: Burst,
  input: LeadInput,
): EffectDraft[] {
  const { text } = reply;
  if (text === null) return [];
  if (reply.send) {
    const { exposures } = growth;
    const { replyChannel: channel, occurredAt } = input.event;
    const payload: EffectPayload = {
      kind: 'send_message',
      channel,
      text,
      purpose: isNotice ? 'notice' : 'reply',
      // A form is no conversation: what answers it keeps quiet hours.
      ...(isCreation(input.event) ? {} : { answersAt: occurredAt.toISOString() }),
      ...theirChannel(input),
      ...(exposures.length > 0 ? { exposures } : {}),
    };
    const dueAt = burst.reply === null ? input.at : new Date(burst.reply.due_at);
    return [{ step: 'reply', dueAt, payload }];
  }
  const suggests = input.settings.replyMode === 'suggest' && reply.withheld === 'reply_mode';
  return suggests
    ? [now(input, 'suggested_reply', { kind: 'add_note', body: `Suggested reply: ${text}` })]
    : [];
}

function taskEffects(draft: LeadDraft, input: LeadInput): EffectDraft[] {
  return tasksFor(draft, input).map(({ name, title }) => {
    const body = `${title}. The lead wrote: ${draft.message.text.slice(0, MAX_QUOTED_LENGTH)}`;
    const dueAt = input.at.toISOString();
    return now(input, `task_${name}`, {
      kind: 'create_task',
      title,
      body,
      dueAt,
      assignedTo: null,
    });
  });
}

function leavingEffects(draft: LeadDraft, input: LeadInput): EffectDraft[] {
  const workflowId = nurtureWorkflowOf(input.situation.context, input.settings, input.at);
  return workflowId !== null && leavesWorkflow(draft)
    ? [now(input, 'leave_workflow', { kind: 'leave_workflow', workflowId })]
    : [];
}

function recordEffects(draft: LeadDraft, input: LeadInput): EffectDraft[] {
  const { analysis, addedTags } = draft;
  const fields = draftFields(draft, input.at);
  const earned = [...earnedTags(analysis), ...addedTags];
  const lost = lostTags(
    [...input.situation.context.tags, ...(input.event.contact.tags ?? [])],
    earned,
  );
  return [
    now(input, 'fields', { kind: 'update_fields', fields }),
    ...(earned.length > 0 ? [now(input, 'tags', { kind: 'add_tags', tags: earned })] : []),
    ...(lost.length > 0 ? [now(input, 'lost_tags', { kind: 'remove_tags', tags: lost })] : []),
  ];
}

function followUpEffects(draft: LeadDraft, input: LeadInput): EffectDraft[] {
  const { followUp, analysis, growth, message } = draft;
  if (followUp === null || isCalledByHandoff(draft, input)) return [];
  const { context } = input.situation;
  const firstName = contactAfter(input).firstName;
  const addressee = {
    firstName,
    language: message.language ?? context.language,
    businessName: input.settings.messaging.businessName,
    hasHistory: sentTexts(context, input.at).length > 0 || growth.reply !== null,
  };
  const payload: EffectPayload = {
    kind: 'follow_up',
    action: followUp.action,
    channel: input.event.replyChannel,
    ...theirChannel(input),
    // A call is made by a person: it has no text of ours.
    text:
      followUp.action === 'immediate_call'
        ? ''
        : writeFollowUpText(followUp.action, analysis.facts, addressee),
    task: callTask(followUp, analysis, firstName),
  };
  return [{ step: 'follow_up', dueAt: followUpDueAt(followUp, input.at), payload }];
}

/** Who only filled in a form, or was entered by somebody, may not be reachable there. */
function theirChannel({ event }: LeadInput): { readonly isTheirChannel?: false } {
  return isCreation(event) ? { isTheirChannel: false } : {};
}

/** Made once: making one takes longer than all that is done with it. */
const DOLLARS = new Intl.NumberFormat('en-US');

function callTask(
  followUp: FollowUp,
  { facts, lead_score, priority }: LeadAnalysis,
  firstName: string | undefined,
) {
  const known = [
    `Score ${lead_score}, priority ${priority}`,
    facts.budget_max === null
      ? 'budget unknown'
      : `budget up to $${DOLLARS.format(facts.budget_max)}`,
    `timeline ${facts.timeline}`,
    `financing ${facts.financing}`,
    `areas ${facts.areas.length > 0 ? facts.areas.join(', ') : 'unknown'}`,
  ];
  return {
    title: `Call ${firstName ?? 'this lead'} (${followUp.action.replaceAll('_', ' ')})`,
    body: known.join('; '),
  };
}

function now(input: LeadInput, step: string, payload: EffectPayload): EffectDraft {
  return { step, dueAt: input.at, payload };
}
