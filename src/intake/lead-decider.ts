import { Injectable } from '@nestjs/common';
import { Configuration } from '../config/configuration.js';
import { NO_CONVERSION } from '../conversions/conclude-change.js';
import { milestonesOf } from '../conversions/milestones/milestones.js';
import { GrowthGateService } from '../growth/growth-gate.service.js';
import { GrowthLedger } from '../growth/growth-ledger.js';
import { reportedSource } from '../growth/metric-key.js';
import { RolloutService } from '../growth/rollout/rollout.service.js';
import type { HandoffChange } from '../handoffs/handoff-store.js';
import type { Delivery, LeadEvent } from '../leads/crm-event.js';
import { decideLead } from './decide/decide-lead.js';
import { decisionDocument } from './decide/decision-document.js';
import { growthStep } from './decide/growth-step.js';
import type { LeadDecision } from './decide/lead-decision.js';
import { keyOf, unchanged, type DecidedDelivery, type LeadSituation } from './decided-delivery.js';

/** A lead event: analysed, answered, followed up, with the growth features let in. */
@Injectable()
export class LeadDecider {
  constructor(
    private readonly gate: GrowthGateService,
    private readonly rollouts: RolloutService,
    private readonly configuration: Configuration,
  ) {}

  decide(
    delivery: Delivery,
    event: LeadEvent,
    lead: LeadSituation,
    decidedAt: Date,
  ): DecidedDelivery {
    const ledger = new GrowthLedger();
    const input = {
      event,
      context: lead.context,
      profile: this.configuration.profile,
      replyMode: this.configuration.replyMode,
      handoffOpen: lead.handoff !== null,
      decidedAt,
    };
    const growth = growthStep({
      gate: this.gate,
      ledger,
      rollout: this.rollouts.current(),
      states: lead.featureStates,
    });
    const decision = decideLead(input, [growth]);
    const { draft } = decision;
    return {
      ...unchanged(delivery, 'processed'),
      outcome: { status: 'processed', analysis: draft.analysis },
      lead: {
        context: decision.context,
        featureStates: { ...lead.featureStates, ...draft.growth.states },
      },
      changedStates: draft.growth.states,
      document: decisionDocument(draft),
      effects: decision.effects,
      cancelFollowUps: draft.consent === 'opt_out' ? 'opted_out' : 'lead_answered',
      conversion: {
        ...NO_CONVERSION,
        milestones: milestonesOf(event, { outcome: 'unknown', consent: draft.consent }),
      },
      handoff: lead.handoff === null ? handoffAskedFor(delivery, decision, decidedAt) : null,
      increments: ledger.toIncrements(),
    };
  }
}

function handoffAskedFor(
  delivery: Delivery,
  { draft, context }: LeadDecision,
  openedAt: Date,
): HandoffChange | null {
  const { handoff: proposal } = draft.growth;
  if (proposal === null) return null;
  return {
    kind: 'open',
    request: {
      lead: keyOf({ delivery }),
      deliveryId: delivery.deliveryId,
      proposal,
      analysis: draft.analysis,
      context,
      source: reportedSource(draft.source),
      openedAt,
    },
  };
}
