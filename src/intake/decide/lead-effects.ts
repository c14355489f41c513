import type { EffectDraft, EffectPayload } from '../../effects/effect.js';
import { writeFollowUpText } from '../../leads/analysis/reply-text.js';
import type { FollowUp, FollowUpAction, LeadAnalysis } from '../../leads/lead-documents.js';
import { followUpDueAt } from './answer-lead.js';
import {
  contactAfter,
  draftFields,
  earnedTags,
  lostTags,
  type LeadDraft,
  type LeadInput,
} from './lead-draft.js';

/**
 * What has to leave the process because of a decision, in the order in which it goes out: the reply
 * first, since in this business the first minutes decide, then the CRM's records, then the timer.
 */
export function leadEffects(draft: LeadDraft, input: LeadInput): EffectDraft[] {
  return [
    ...consentEffects(draft, input),
    ...replyEffects(draft, input),
    ...recordEffects(draft, input),
    ...followUpEffects(draft, input),
  ];
}

function consentEffects({ consent }: LeadDraft, input: LeadInput): EffectDraft[] {
  return consent === 'opt_out'
    ? [now(input, 'do_not_disturb', { kind: 'set_do_not_disturb' })]
    : [];
}

function replyEffects({ reply, growth }: LeadDraft, input: LeadInput): EffectDraft[] {
  if (reply.text === null) return [];
  if (reply.send) {
    const { exposures } = growth;
    const channel = input.event.replyChannel;
    return [
      now(input, 'reply', {
        kind: 'send_message',
        channel,
        text: reply.text,
        ...(exposures.length > 0 ? { exposures } : {}),
      }),
    ];
  }
  const suggests = input.settings.replyMode === 'suggest' && reply.withheld === 'reply_mode';
  return suggests
    ? [now(input, 'suggested_reply', { kind: 'add_note', body: `Suggested reply: ${reply.text}` })]
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

function followUpEffects({ followUp, analysis }: LeadDraft, input: LeadInput): EffectDraft[] {
  if (followUp === null) return [];
  const firstName = contactAfter(input).firstName;
  const payload: EffectPayload = {
    kind: 'follow_up',
    action: followUp.action,
    channel: input.event.replyChannel,
    text: followUpText(followUp.action, analysis, firstName),
    task: callTask(followUp, analysis, firstName),
  };
  return [{ step: 'follow_up', dueAt: followUpDueAt(followUp, input.at), payload }];
}

/** A call is made by a person: it has no text of ours. */
function followUpText(
  action: FollowUpAction,
  { facts }: LeadAnalysis,
  firstName: string | undefined,
): string {
  return action === 'immediate_call' ? '' : writeFollowUpText(action, { firstName, facts });
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
