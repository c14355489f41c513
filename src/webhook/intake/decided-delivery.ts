import type { DeliveryState } from '../../database/database.types.js';
import type { EffectDraft } from '../../effects/effect.js';
import type { GrowthIncrement } from '../../growth/growth-ledger.js';
import type { FeatureStates } from '../../growth/growth-run.js';
import type { Delivery } from '../../leads/crm-event.js';
import type { DecisionDocument } from '../../leads/decision/decision-document.js';
import type { LeadAnalysis } from '../../leads/lead-documents.js';
import type { LeadState } from '../../leads/lead.repository.js';

/** What the sender of a delivery is told. */
export type IntakeOutcome =
  | { readonly status: 'processed'; readonly analysis: LeadAnalysis; readonly elapsedMs: number }
  | { readonly status: 'acknowledged' }
  | { readonly status: 'duplicate' }
  /** Kept for replay: deciding failed. */
  | { readonly status: 'failed' };

/** Everything that one delivery changes; stored in one transaction with its neighbours. */
export interface DecidedDelivery {
  readonly delivery: Delivery;
  readonly state: DeliveryState;
  readonly outcome: IntakeOutcome;
  readonly error: string | null;
  /** The lead afterwards; null when nothing of it changed. */
  readonly lead: LeadState | null;
  /** Feature states that changed, by feature. */
  readonly changedStates: FeatureStates;
  readonly document: DecisionDocument | null;
  readonly effects: readonly EffectDraft[];
  /** Why the pending follow-ups end; null when they stay. */
  readonly cancelFollowUps: string | null;
  readonly increments: readonly GrowthIncrement[];
}

/** A delivery of no consequence, as the starting point of every other. */
export function unchanged(delivery: Delivery, state: DeliveryState): DecidedDelivery {
  return {
    delivery,
    state,
    outcome: { status: 'acknowledged' },
    error: null,
    lead: null,
    changedStates: {},
    document: null,
    effects: [],
    cancelFollowUps: null,
    increments: [],
  };
}
