import { Injectable } from '@nestjs/common';
import { ConversionLoop } from '../conversions/conversion-loop.js';
import { GrowthGateService } from '../growth/growth-gate.service.js';
import type { Outcome } from '../growth/growth-feature.js';
import { GrowthLedger } from '../growth/growth-ledger.js';
import { HandoffOptions } from '../handoffs/handoff-options.js';
import { acknowledgementOf, resolutionOf } from '../handoffs/handoff-signals.js';
import type { HandoffChange } from '../handoffs/handoff-store.js';
import type { Delivery, LeadChange, OutboundMessage } from '../leads/crm-event.js';
import { applyChange, applyOutbound } from './decide/apply-change.js';
import { leadSource } from './decide/lead-source.js';
import { unchanged, type DecidedDelivery, type LeadSituation } from './decided-delivery.js';

/** What others did to a lead in the CRM: no reply, but it may be an outcome, end a follow-up, or take a handoff. */
@Injectable()
export class ChangeDecider {
  constructor(
    private readonly gate: GrowthGateService,
    private readonly conversions: ConversionLoop,
    private readonly handoffs: HandoffOptions,
  ) {}

  decideChange(
    delivery: Delivery,
    change: LeadChange,
    lead: LeadSituation,
    decidedAt: Date,
  ): DecidedDelivery {
    const ledger = new GrowthLedger();
    const reading = this.conversions.read(change);
    const growth = this.gate.runForOutcome(
      {
        locationId: change.locationId,
        contactId: change.contactId,
        source: leadSource({ source: change.source, channel: null }, lead.context),
        outcome: reading.outcome,
        signal: reading.signal,
        decidedAt,
      },
      ledger,
    );
    const { context, standing } = lead;
    const conclusion = this.conversions.conclude({
      change,
      reading,
      growth,
      context,
      standing,
      decidedAt,
    });
    const applied = applyChange(context, change, conclusion.cancelFollowUps !== null);
    return {
      ...unchanged(delivery, 'acknowledged'),
      lead: { ...lead, context: applied.context },
      effects: conclusion.effects,
      cancelFollowUps: applied.cancelFollowUps
        ? (conclusion.cancelFollowUps ?? 'suppressed')
        : null,
      conversion: conclusion.record,
      handoff: this.handoffChange(delivery, lead, reading.outcome, decidedAt),
      increments: ledger.toIncrements(),
    };
  }

  /** A message that went out of the CRM; one of our own changes nothing. */
  decideOutbound(
    delivery: Delivery,
    message: OutboundMessage,
    lead: LeadSituation,
    decidedAt: Date,
  ): DecidedDelivery {
    if (lead.isEcho) return unchanged(delivery, 'acknowledged');
    const { context, cancelFollowUps } = applyOutbound(lead.context, message);
    return {
      ...unchanged(delivery, 'acknowledged'),
      lead: { ...lead, context },
      cancelFollowUps: cancelFollowUps ? 'human_takeover' : null,
      handoff: this.handoffChange(delivery, lead, 'unknown', decidedAt),
    };
  }

  private handoffChange(
    { event, deliveryId }: Delivery,
    { handoff, context }: LeadSituation,
    outcome: Outcome,
    at: Date,
  ): HandoffChange | null {
    if (handoff === null) return null;
    const { tags } = this.handoffs;
    const knownTags = context.contact.tags ?? [];
    const mark = { handoffId: handoff.handoffId, at, deliveryId };
    const resolution = resolutionOf(event, outcome, handoff, { tag: tags.resolve, knownTags });
    if (resolution !== undefined) return { kind: 'resolve', mark: { ...mark, by: resolution.by } };
    const taken = acknowledgementOf(event, handoff, { tag: tags.acknowledge, knownTags });
    return taken === undefined ? null : { kind: 'acknowledge', mark: { ...mark, by: taken.by } };
  }
}
