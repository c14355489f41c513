import type { EffectDraft } from '../../effects/effect.js';
import type { FeedbackSignal } from '../../growth/feedback-signal.js';
import type { OutcomeReading } from '../../growth/outcomes/classify-outcome.js';
import type { GrowthEffects } from '../../growth/growth-run.js';
import type { LeadChange } from '../../leads/crm-event.js';
import type { LeadKey } from '../../leads/lead-key.js';
import type { KnownOutcome } from '../standing/outcome-standing.js';

/** A lead has come to stand somewhere new. */
export interface OutcomeEvent extends LeadKey {
  readonly outcome: KnownOutcome;
  /** Where the lead stood before; null the first time. */
  readonly previousOutcome: KnownOutcome | null;
  readonly subject: LeadChange['subject'];
  readonly signal: OutcomeReading['signal'];
  readonly source: string | null;
  /** What the lead's last message promised; null when it has not said anything yet. */
  readonly feedbackSignal: FeedbackSignal | null;
  /** What the growth features want written because of it. */
  readonly proposed: Pick<GrowthEffects, 'fields' | 'tags'>;
  readonly occurredAt: Date;
  readonly decidedAt: Date;
}

/**
 * Something that follows from an outcome. Pure: it proposes, and the outbox carries out. A further
 * hook is a class of this shape in the list of the module.
 */
export interface DecisionHook {
  readonly name: string;
  /** Asked only when the gate and the conversion toggle are on for this lead. Steps are unique over all hooks. */
  effects(event: OutcomeEvent): readonly EffectDraft[];
  /**
   * Why the pending follow-ups end; null when they stay. Asked for every outcome, whatever the gate
   * says: not to write to a lead who has bought or left is the core's own duty, no feature.
   */
  cancelFollowUps?(event: OutcomeEvent): string | null;
}

/** Injection token of the list of all hooks. */
export const DECISION_HOOKS = Symbol('DECISION_HOOKS');
