import type { GrowthGateService } from '../../growth/growth-gate.service.js';
import type { GrowthLedger } from '../../growth/growth-ledger.js';
import type { FeatureStates } from '../../leads/lead-context.js';
import type { Rollout } from '../../growth/rollout/rollout.js';
import type { FollowUp } from '../../leads/lead-documents.js';
import type { DecisionDraft, DecisionStep, LeadDecisionInput } from './lead-decision.js';

export interface GrowthStepOptions {
  readonly gate: GrowthGateService;
  /** Counts of this decision; committed together with it. */
  readonly ledger: GrowthLedger;
  readonly rollout: Rollout;
  /** What the features stored of this lead earlier. */
  readonly states: FeatureStates;
}

/** The place in the chain of steps where the growth features are let in. */
export function growthStep({ gate, ledger, rollout, states }: GrowthStepOptions): DecisionStep {
  return (draft, input) => {
    const run = gate.runForLead<FollowUp | undefined>(
      {
        locationId: input.event.locationId,
        contactId: input.event.contactId,
        source: draft.source,
        decidedAt: input.decidedAt,
        elapsedMs: elapsedMs(input),
        analysis: draft.analysis,
        followUp: draft.followUp ?? undefined,
        reply: draft.reply.send ? draft.reply.text : null,
        states,
      },
      ledger,
      rollout,
    );
    return {
      ...draft,
      followUp: run.followUp ?? null,
      reply: replyAfter(draft, run.reply),
      fields: { ...draft.fields, ...run.fields },
      addedTags: [...draft.addedTags, ...run.tags],
      growth: {
        rolloutVersion: rollout.version,
        verdicts: run.verdicts,
        additions: run.decision,
        actions: run.actions,
        handoff: run.handoff ?? null,
        exposures: run.exposures,
        states: run.states,
      },
    };
  };
}

/** Milliseconds from the lead's message to the decision; a clock that runs ahead of ours counts as none. */
export function elapsedMs({
  event,
  decidedAt,
}: Pick<LeadDecisionInput, 'event' | 'decidedAt'>): number {
  return Math.max(0, decidedAt.getTime() - event.occurredAt.getTime());
}

function replyAfter({ reply }: DecisionDraft, text: string | null): DecisionDraft['reply'] {
  return reply.send && text !== null ? { ...reply, text } : reply;
}
