import { concludeChange } from '../../conversions/conclude-change.js';
import { readChange } from '../../conversions/read-change.js';
import type { EffectDraft } from '../../effects/effect.js';
import type { Outcome } from '../../growth/growth-feature.js';
import type { GrowthGateService } from '../../growth/growth-gate.service.js';
import { GrowthLedger } from '../../growth/growth-ledger.js';
import type { HandoffChange } from '../../handoffs/handoff.js';
import { resolutionEffects } from '../../handoffs/handoff-effects.js';
import { acknowledgementOf, resolutionOf } from '../../handoffs/handoff-signals.js';
import { isHumanMessage, type LeadChange, type OutboundMessage } from '../../leads/crm-event.js';
import type { LeadContext } from '../../leads/lead-context.js';
import { withoutConsequence, type Decision, type DecisionInput } from './decision.js';
import { consentOfChange } from './lead-consent.js';
import { leadSource, nurtureWorkflowOf, turn, withTurns } from './next-context.js';

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
  const ended = applied.cancelFollowUps ? (conclusion.cancelFollowUps ?? 'suppressed') : null;
  const left = leavingWorkflow(applied, input);
  return {
    ...withoutConsequence('acknowledged'),
    context: left.context,
    effects: [...conclusion.effects, ...left.effects],
    cancelFollowUps: ended,
    cancelReplies: event.doNotDisturb === true ? 'suppressed' : null,
    consent: consentOfChange(event),
    conversion: conclusion.record,
    handoff: handoffChange(input, reading.outcome),
    increments: ledger.toIncrements(),
  };
}

/** A message that went out of the CRM; one of our own changes nothing. */
export function decideOutbound(input: DecisionInput<OutboundMessage>): Decision {
  const { event, situation } = input;
  if (situation.isEcho) return withoutConsequence('acknowledged');
  const applied = applyOutbound(situation.context, event);
  const ended = applied.cancelFollowUps ? 'human_takeover' : null;
  const left = leavingWorkflow(applied, input);
  return {
    ...withoutConsequence('acknowledged'),
    context: left.context,
    effects: left.effects,
    cancelFollowUps: ended,
    cancelReplies: ended,
    handoff: handoffChange(input, 'unknown'),
  };
}

/** Once, when automatic messages end: out of the workflow that a follow-up has put the lead into. */
function leavingWorkflow(
  { context, cancelFollowUps }: ContextChange,
  { situation, settings, at }: DecisionInput,
): { readonly context: LeadContext; readonly effects: readonly EffectDraft[] } {
  const workflowId = nurtureWorkflowOf(situation.context, settings, at);
  if (!cancelFollowUps || workflowId === null) return { context, effects: [] };
  const payload = { kind: 'leave_workflow', workflowId } as const;
  return {
    context: { ...context, nurture_workflow: null },
    effects: [{ step: 'leave_workflow', dueAt: at, payload }],
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

export interface ContextChange {
  readonly context: LeadContext;
  /** True when what was planned for this lead must not happen any more. */
  readonly cancelFollowUps: boolean;
}

/** A contact, opportunity, appointment, tag or consent change: updates what is known, and may end the follow-up. */
export function applyChange(
  context: LeadContext,
  change: LeadChange,
  endsFollowUp: boolean,
): ContextChange {
  const cancelFollowUps = endsFollowUp || change.doNotDisturb === true;
  return {
    cancelFollowUps,
    context: {
      ...context,
      first_source: context.first_source ?? change.source,
      last_source: change.source ?? context.last_source,
      contact: { ...context.contact, ...change.contact },
      follow_up: cancelFollowUps ? null : context.follow_up,
    },
  };
}

/** A message that somebody other than the bot sent: from a person, it takes the lead over. */
export function applyOutbound(context: LeadContext, message: OutboundMessage): ContextChange {
  if (!isHumanMessage(message)) return { context, cancelFollowUps: false };
  const turns =
    message.text === ''
      ? context.turns
      : withTurns(context.turns, [turn('human', message.occurredAt, message.text)]);
  // The first message of a thread opens it; it takes nothing over.
  const takeover = context.turns.length > 0;
  return {
    cancelFollowUps: takeover,
    context: {
      ...context,
      turns,
      ...(takeover ? { follow_up: null, human_takeover_at: message.receivedAt.toISOString() } : {}),
    },
  };
}
