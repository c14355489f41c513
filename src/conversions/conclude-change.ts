import type { EffectDraft } from '../effects/effect.js';
import {
  CONVERSION_FEEDBACK_ACTION,
  feedbackSignal,
  type FeedbackSignal,
} from '../growth/growth-feature.js';
import type { GrowthContribution } from '../growth/growth-contribution.js';
import type { LeadChange } from '../leads/crm-event.js';
import type { LeadContext } from '../leads/lead-context.js';
import {
  crmWrites,
  DECISION_HOOKS,
  type DecisionHook,
  type OutcomeEvent,
} from './decision-hooks.js';
import {
  isKnownOutcome,
  repeats,
  supersedes,
  type KnownOutcome,
  type LeadOutcome,
  type OutcomeStanding,
} from './outcome-standing.js';
import {
  milestonesOf,
  type ChangeReading,
  type MilestoneKind,
  type UnmappedStatus,
} from './read-change.js';

/** Everything that a conclusion depends on; none of it is mutated. */
export interface ConcludedChange {
  readonly change: LeadChange;
  readonly reading: ChangeReading;
  /** What the gate let the growth features add. */
  readonly growth: Pick<GrowthContribution, 'actions' | 'fields' | 'tags'>;
  /** The lead's context before the change. */
  readonly context: LeadContext;
  /** Where the lead stood; null when nothing is known. */
  readonly standing: OutcomeStanding | null;
  readonly decidedAt: Date;
  /** Whether the location wants to hear of outcomes. */
  readonly tellsHook: boolean;
}

/** What is kept of a delivery for the reports and the operator. */
export interface ConversionRecord {
  /** Null when the event moves nothing: unknown, or older than what is known. */
  readonly outcome: LeadOutcome | null;
  readonly unmapped: UnmappedStatus | null;
  readonly milestones: readonly MilestoneKind[];
}

export const NO_CONVERSION: ConversionRecord = { outcome: null, unmapped: null, milestones: [] };

export interface ChangeConclusion {
  readonly record: ConversionRecord;
  readonly effects: readonly EffectDraft[];
  /** Why the pending follow-ups end; null when they stay. */
  readonly cancelFollowUps: string | null;
}

/**
 * What follows from a change in the CRM. Pure. The outcome is kept whatever the gate says; what
 * leaves the process is up to the gate and the conversion toggle, and fails closed: an outcome that
 * nobody understands, one that is older than what is known, and one that was told before lead to
 * nothing.
 */
export function concludeChange(
  input: ConcludedChange,
  hooks: readonly DecisionHook[] = DECISION_HOOKS,
): ChangeConclusion {
  const { change, reading, standing } = input;
  const outcome = newOutcome(input);
  const isRepeat = outcome !== null && repeats(outcome, standing);
  const record: ConversionRecord = {
    outcome,
    unmapped: reading.unmapped,
    milestones: milestonesOf(change, isRepeat ? { outcome: 'unknown' } : reading),
  };
  if (outcome === null) return { record, effects: [], cancelFollowUps: null };
  const event = outcomeEvent(input, outcome.outcome);
  const isTold = isRepeat && standing.announced;
  return {
    record,
    effects: isTold ? [] : outcomeEffects(input, event, hooks),
    cancelFollowUps: cancellation(event, hooks),
  };
}

/** The lead's standing after this event; null when the event does not move it. */
function newOutcome({ change, reading, growth, standing }: ConcludedChange): LeadOutcome | null {
  const { outcome, signal } = reading;
  if (!isKnownOutcome(outcome)) return null;
  const said = { outcome, field: signal?.field ?? null, value: signal?.value ?? null };
  const { locationId, contactId, occurredAt } = change;
  const wasAnnounced = repeats(said, standing) && standing.announced;
  const announced = wasAnnounced || isLoopClosed(growth);
  const candidate: LeadOutcome = { locationId, contactId, ...said, occurredAt, announced };
  return supersedes(candidate, standing) ? candidate : null;
}

/** The loop's own mark on its proposal: it sets it only when the gate and the conversion toggle are on. */
function isLoopClosed({ actions }: Pick<GrowthContribution, 'actions'>): boolean {
  return actions.includes(CONVERSION_FEEDBACK_ACTION);
}

/** Without the loop, what other features may want written is all there is. */
function outcomeEffects(
  { growth, decidedAt }: ConcludedChange,
  event: OutcomeEvent,
  hooks: readonly DecisionHook[],
): readonly EffectDraft[] {
  return isLoopClosed(growth)
    ? hooks.flatMap((hook) => hook.effects?.(event) ?? [])
    : crmWrites(growth, decidedAt);
}

function cancellation(event: OutcomeEvent, hooks: readonly DecisionHook[]): string | null {
  for (const hook of hooks) {
    const reason = hook.cancelFollowUps?.(event) ?? null;
    if (reason !== null) return reason;
  }
  return null;
}

function outcomeEvent(input: ConcludedChange, outcome: KnownOutcome): OutcomeEvent {
  const { change, reading, growth, context, standing, decidedAt, tellsHook } = input;
  return {
    locationId: change.locationId,
    contactId: change.contactId,
    outcome,
    previousOutcome: standing?.outcome ?? null,
    subject: change.subject,
    signal: reading.signal,
    source: change.source ?? context.last_source,
    feedbackSignal: storedSignal(context),
    proposed: growth,
    occurredAt: change.occurredAt,
    decidedAt,
    tellsHook,
  };
}

/** What the lead's last analysis promised. */
function storedSignal({
  lead_score,
  lead_temperature,
  priority,
}: LeadContext): FeedbackSignal | null {
  if (lead_score === null || lead_temperature === null || priority === null) return null;
  return feedbackSignal({ lead_score, lead_temperature, priority });
}
