import { Injectable, Logger } from '@nestjs/common';
import { Configuration } from '../../config/configuration.js';
import { GrowthGateService } from '../../growth/growth-gate.service.js';
import { GrowthLedger } from '../../growth/growth-ledger.js';
import { RolloutService } from '../../growth/rollout/rollout.service.js';
import type { Delivery, LeadChange, LeadEvent, OutboundMessage } from '../../leads/crm-event.js';
import { applyChange, applyOutbound } from '../../leads/decision/apply-change.js';
import { decideLead } from '../../leads/decision/decide-lead.js';
import { decisionDocument } from '../../leads/decision/decision-document.js';
import { elapsedMs, growthStep } from '../../leads/decision/growth-step.js';
import { leadSource } from '../../leads/decision/lead-source.js';
import { readOutcome } from '../../growth/outcomes/classify-outcome.js';
import type { LeadState } from '../../leads/lead.repository.js';
import { unchanged, type DecidedDelivery } from './decided-delivery.js';
import { outcomeEffects } from './outcome-effects.js';

/** Decides one delivery in memory: synchronous, no I/O. A fault is kept with the delivery, never thrown. */
@Injectable()
export class DeliveryDecider {
  private readonly logger = new Logger(DeliveryDecider.name);

  constructor(
    private readonly gate: GrowthGateService,
    private readonly rollouts: RolloutService,
    private readonly configuration: Configuration,
  ) {}

  /** @param isEcho whether an outbound message is one of our own */
  decide(delivery: Delivery, lead: LeadState, isEcho: boolean, decidedAt: Date): DecidedDelivery {
    try {
      const { event } = delivery;
      switch (event.kind) {
        case 'lead':
          return this.decideLead(delivery, event, lead, decidedAt);
        case 'change':
          return this.decideChange(delivery, event, lead, decidedAt);
        case 'outbound':
          return decideOutbound(delivery, event, lead, isEcho);
        case 'other':
          return unchanged(delivery, event.known ? 'acknowledged' : 'unrecognised');
      }
    } catch (error) {
      this.logger.error({
        event: 'delivery.deciding_failed',
        delivery_id: delivery.deliveryId,
        error,
      });
      return {
        ...unchanged(delivery, 'failed'),
        outcome: { status: 'failed' },
        error: String(error),
      };
    }
  }

  private decideLead(
    delivery: Delivery,
    event: LeadEvent,
    lead: LeadState,
    decidedAt: Date,
  ): DecidedDelivery {
    const ledger = new GrowthLedger();
    const rollout = this.rollouts.current();
    const { profile, replyMode } = this.configuration;
    const input = { event, context: lead.context, profile, replyMode, decidedAt };
    const decision = decideLead(input, [
      growthStep({ gate: this.gate, ledger, rollout, states: lead.featureStates }),
    ]);
    const changedStates = decision.draft.growth.states;
    return {
      ...unchanged(delivery, 'processed'),
      outcome: {
        status: 'processed',
        analysis: decision.draft.analysis,
        elapsedMs: elapsedMs(input),
      },
      lead: {
        context: decision.context,
        featureStates: { ...lead.featureStates, ...changedStates },
      },
      changedStates,
      document: decisionDocument(decision.draft),
      effects: decision.effects,
      cancelFollowUps: 'lead_answered',
      increments: ledger.toIncrements(),
    };
  }

  private decideChange(
    delivery: Delivery,
    change: LeadChange,
    lead: LeadState,
    decidedAt: Date,
  ): DecidedDelivery {
    const ledger = new GrowthLedger();
    const read = readOutcome(change.signals);
    const growth = this.gate.runForOutcome(
      {
        locationId: change.locationId,
        contactId: change.contactId,
        source: leadSource({ source: change.source, channel: null }, lead.context),
        ...read,
        decidedAt,
      },
      ledger,
    );
    const ended = read.outcome === 'converted' || read.outcome === 'lost';
    const { context, cancelFollowUps } = applyChange(lead.context, change, ended);
    return {
      ...unchanged(delivery, 'acknowledged'),
      lead: { ...lead, context },
      effects: outcomeEffects(growth, decidedAt),
      cancelFollowUps: cancelFollowUps ? `${change.subject}_${read.outcome}` : null,
      increments: ledger.toIncrements(),
    };
  }
}

function decideOutbound(
  delivery: Delivery,
  message: OutboundMessage,
  lead: LeadState,
  isEcho: boolean,
): DecidedDelivery {
  if (isEcho) return unchanged(delivery, 'acknowledged');
  const { context, cancelFollowUps } = applyOutbound(lead.context, message);
  return {
    ...unchanged(delivery, 'acknowledged'),
    lead: { ...lead, context },
    cancelFollowUps: cancelFollowUps ? 'human_takeover' : null,
  };
}
