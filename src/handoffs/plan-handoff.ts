import type { EffectDraft, EffectPayload } from '../effects/effect.js';
import type { HandoffProposal } from '../growth/growth-feature.js';
import type { LeadContext } from '../leads/lead-context.js';
import type { LeadAnalysis } from '../leads/lead-documents.js';
import type { LeadKey } from '../leads/lead-key.js';
import { userInTurn } from './assignee.js';
import type { HandoffSummary, NewHandoff } from './handoff.js';
import { handoffDeadline } from './handoff-deadline.js';
import { openingNote } from './handoff-note.js';
import type { HandoffOptions } from './handoff-options.js';
import { describeWishes, missingFacts, suggestNextStep } from './lead-brief.js';

/** A decision that asks for a person. */
export interface HandoffRequest {
  readonly proposal: HandoffProposal;
  readonly analysis: LeadAnalysis;
  /** The lead's context after the decision, so that the note shows the message that opened the handoff. */
  readonly context: LeadContext;
  /** As reported: never empty. */
  readonly source: string;
  /** The time of the decision. */
  readonly openedAt: Date;
}

/** A handoff as it is decided: everything but its number, which is drawn when it is stored. */
export interface HandoffOpening extends Pick<
  NewHandoff,
  'reasonCode' | 'riskLevel' | 'openedAt' | 'deadlineAt' | 'summary'
> {
  readonly taskTitle: string;
  readonly note: string;
  /** CRM users who take handoffs in turn; empty: the contact's owner. */
  readonly userIds: readonly string[];
  readonly assignsContact: boolean;
}

/** What opening a handoff says, to whom and until when. Pure. */
export function planOpening(request: HandoffRequest, options: HandoffOptions): HandoffOpening {
  const { proposal, openedAt, context } = request;
  const opening = {
    reasonCode: proposal.reasonCode,
    riskLevel: proposal.riskLevel,
    openedAt,
    deadlineAt: handoffDeadline(proposal.riskLevel, openedAt, options),
    summary: summarise(request),
  };
  return {
    ...opening,
    taskTitle: `Contact ${context.contact.firstName ?? 'this lead'} now (score ${opening.summary.lead_score})`,
    note: openingNote(opening, context, options),
    userIds: options.userIds,
    assignsContact: options.assignsContact,
  };
}

/** The handoff's row and what goes out with it. */
export interface NumberedHandoff {
  readonly record: NewHandoff;
  /** To go out after the reply to the lead. The CRM tag is among the decision's own tags. */
  readonly effects: readonly EffectDraft[];
}

/** @param handoffId also decides whose turn it is */
export function numberHandoff(
  lead: LeadKey,
  deliveryId: string,
  opening: HandoffOpening,
  handoffId: number,
): NumberedHandoff {
  const { reasonCode, riskLevel, openedAt, deadlineAt, summary } = opening;
  const { locationId, contactId } = lead;
  const record: NewHandoff = {
    locationId,
    contactId,
    handoffId,
    reasonCode,
    riskLevel,
    assignedTo: userInTurn(opening.userIds, handoffId),
    openedAt,
    deadlineAt,
    deliveryId,
    summary,
  };
  return { record, effects: openingEffects(record, opening) };
}

function summarise({ analysis, context, source }: HandoffRequest): HandoffSummary {
  const { facts, lead_score, lead_temperature, priority } = analysis;
  const missing = missingFacts(facts);
  const { phone } = context.contact;
  return {
    wants: describeWishes(facts),
    missing,
    next_step: suggestNextStep(missing, phone !== undefined && phone !== ''),
    lead_score,
    lead_temperature,
    priority,
    source,
    facts,
  };
}

/** The task first: it is what rings. The timer is due last. */
function openingEffects(record: NewHandoff, opening: HandoffOpening): EffectDraft[] {
  const { handoffId, assignedTo, openedAt, deadlineAt, summary } = record;
  const draft = (step: string, dueAt: Date, payload: EffectPayload): EffectDraft => ({
    step,
    dueAt,
    payload,
  });
  return [
    draft('handoff_task', openedAt, {
      kind: 'create_task',
      title: opening.taskTitle,
      body: `${summary.wants}. ${summary.next_step} See the note on the contact.`,
      dueAt: deadlineAt.toISOString(),
      assignedTo,
    }),
    ...(opening.assignsContact && assignedTo !== null
      ? [draft('handoff_owner', openedAt, { kind: 'assign_contact', userId: assignedTo })]
      : []),
    draft('handoff_note', openedAt, { kind: 'add_note', body: opening.note }),
    draft('handoff_deadline', deadlineAt, { kind: 'handoff_deadline', handoffId }),
  ];
}
