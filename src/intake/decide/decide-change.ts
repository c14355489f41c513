import { concludeChange } from '../../conversions/conclude-change.js';
import { readChange } from '../../conversions/read-change.js';
import type { Outcome } from '../../growth/growth-feature.js';
import type { GrowthGateService } from '../../growth/growth-gate.service.js';
import { GrowthLedger } from '../../growth/growth-ledger.js';
import type { HandoffChange } from '../../handoffs/handoff.js';
import { resolutionEffects } from '../../handoffs/handoff-effects.js';
import { acknowledgementOf, resolutionOf } from '../../handoffs/handoff-signals.js';
import type { LeadChange, OutboundMessage } from '../../leads/crm-event.js';
import { applyChange, applyOutbound } from './apply-change.js';
import { withoutConsequence, type Decision, type DecisionInput } from './decision.js';
import { leadSource } from './lead-source.js';

/** What others did to a lead in the CRM: no reply, but it may be an outcome, end a follow-up, or take a handoff. */
export function decideChange(input: DecisionInput<LeadChange>, gate: GrowthGateService): Decision {
  const { event, situation, settings, rollout, at } = input;
  const { context, standing } = situation;
  const ledger = new GrowthLedger();
  const reading = readChange(event, settings.mappings);
  const growth = gate.runForOutcome(
    {
      locationId: event.locationId,
      contactId: event.contactId,
      source: leadSource({ source: event.source, channel: null }, context),
      outcome: reading.outcome,
      signal: reading.signal,
      decidedAt: at,
    },
    ledger,
    rollout,
  );
  const conclusion = concludeChange({
    change: event,
    reading,
    growth,
    context,
    standing,
    decidedAt: at,
    tellsHook: settings.tellsHook,
  });
  const applied = applyChange(context, event, conclusion.cancelFollowUps !== null);
  return {
    ...withoutConsequence('acknowledged'),
    context: applied.context,
    effects: conclusion.effects,
    cancelFollowUps: applied.cancelFollowUps ? (conclusion.cancelFollowUps ?? 'suppressed') : null,
    conversion: conclusion.record,
    handoff: handoffChange(input, reading.outcome),
    increments: ledger.toIncrements(),
  };
}

/** A message that went out of the CRM; one of our own changes nothing. */
export function decideOutbound(input: DecisionInput<OutboundMessage>): Decision {
  const { event, situation } = input;
  if (situation.isEcho) return withoutConsequence('acknowledged');
  const { context, cancelFollowUps } = applyOutbound(situation.context, event);
  return {
    ...withoutConsequence('acknowledged'),
    context,
    cancelFollowUps: cancelFollowUps ? 'human_takeover' : null,
    handoff: handoffChange(input, 'unknown'),
  };
}

function handoffChange(
  { event, situation, settings, at }: DecisionInput<LeadChange | OutboundMessage>,
  outcome: Outcome,
): HandoffChange | null {
  const { handoff, context } = situation;
  if (handoff === null) return null;
  const { tags } = settings.handoff;
  const { handoffId } = handoff;
  const knownTags = context.contact.tags ?? [];
  const resolution = resolutionOf(event, outcome, handoff, { tag: tags.resolve, knownTags });
  if (resolution !== undefined) {
    return { kind: 'resolve', handoffId, by: resolution.by, effects: resolutionEffects(at, tags) };
  }
  const taken = acknowledgementOf(event, handoff, { tag: tags.acknowledge, knownTags });
  return taken === undefined ? null : { kind: 'acknowledge', handoffId, by: taken.by };
}
