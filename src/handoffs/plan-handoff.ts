import type { EffectDraft } from '../effects/effect.js';
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
  readonly lead: LeadKey;
  readonly deliveryId: string;
  readonly proposal: HandoffProposal;
  readonly analysis: LeadAnalysis;
  /** The lead's context after the decision, so that the note shows the message that opened the handoff. */
  readonly context: LeadContext;
  /** As reported: never empty. */
  readonly source: string;
  /** The time of the decision. */
  readonly openedAt: Date;
}

export interface HandoffPlan {
  readonly record: NewHandoff;
  /** To go out after the reply to the lead. The CRM tag is among the decision's own tags. */
  readonly effects: readonly EffectDraft[];
}

/**
 * What opening a handoff writes. Pure.
 *
 * @param handoffId drawn beforehand; also decides whose turn it is
 */
export function planHandoff(
  request: HandoffRequest,
  handoffId: number,
  options: HandoffOptions,
): HandoffPlan {
  const { lead, proposal, openedAt } = request;
  const record: NewHandoff = {
    ...lead,
    handoffId,
    reasonCode: proposal.reasonCode,
    riskLevel: proposal.riskLevel,
    assignedTo: userInTurn(options.userIds, handoffId),
    openedAt,
    deadlineAt: handoffDeadline(proposal.riskLevel, openedAt, options),
    deliveryId: request.deliveryId,
    summary: summarise(request),
  };
  return { record, effects: openingEffects(record, request.context, options) };
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
function openingEffects(
  record: NewHandoff,
  context: LeadContext,
  options: HandoffOptions,
): EffectDraft[] {
  const { handoffId, assignedTo, openedAt, deadlineAt, summary } = record;
  const isAssigned = options.assignsContact && assignedTo !== null;
  return [
    {
      step: 'handoff_task',
      dueAt: openedAt,
      payload: {
        kind: 'create_task',
        title: `Contact ${context.contact.firstName ?? 'this lead'} now (score ${summary.lead_score})`,
        body: `${summary.wants}. ${summary.next_step} See the note on the contact.`,
        dueAt: deadlineAt.toISOString(),
        assignedTo,
      },
    },
    ...(isAssigned
      ? [
          {
            step: 'handoff_owner',
            dueAt: openedAt,
            payload: { kind: 'assign_contact', userId: assignedTo } as const,
          },
        ]
      : []),
    {
      step: 'handoff_note',
      dueAt: openedAt,
      payload: { kind: 'add_note', body: openingNote(record, context, options) },
    },
    {
      step: 'handoff_deadline',
      dueAt: deadlineAt,
      payload: { kind: 'handoff_deadline', handoffId },
    },
  ];
}
