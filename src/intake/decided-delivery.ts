import { codeOf } from '../database/error-code.js';
import type { DeliveryState } from './intake.tables.js';
import type { EffectDraft } from '../effects/effect.js';
import type { GrowthIncrement } from '../growth/growth-ledger.js';
import type { Delivery } from '../leads/crm-event.js';
import { NO_CONVERSION, type ConversionRecord } from '../conversions/conclude-change.js';
import type { OutcomeStanding } from '../conversions/standing/outcome-standing.js';
import type { Handoff } from '../handoffs/handoff.js';
import type { HandoffChange } from '../handoffs/handoff-store.js';
import type { DecisionDocument } from './decide/decision-document.js';
import type { LeadAnalysis } from '../leads/lead-documents.js';
import { EMPTY_CONTEXT, type FeatureStates } from '../leads/lead-context.js';
import type { LeadKey } from '../leads/lead-key.js';
import type { LeadState } from '../leads/lead.repository.js';

/** What the sender of a delivery is told. */
export type IntakeOutcome =
  | { readonly status: 'processed'; readonly analysis: LeadAnalysis }
  | { readonly status: 'acknowledged' }
  | { readonly status: 'duplicate' }
  /** Kept for replay: deciding failed. */
  | { readonly status: 'failed' };

/** All that is known of a lead when its delivery's turn comes. */
export interface LeadSituation extends LeadState {
  /** Where the lead stands; null when nothing is known. */
  readonly standing: OutcomeStanding | null;
  /** The unresolved one. */
  readonly handoff: Handoff | null;
  /** Whether an outbound message is one of our own coming back. */
  readonly isEcho: boolean;
}

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
  /** What is kept for the reports and the operator. */
  readonly conversion: ConversionRecord;
  readonly handoff: HandoffChange | null;
  readonly increments: readonly GrowthIncrement[];
}

/** A lead of whom nothing is known. */
export const UNKNOWN_LEAD: LeadSituation = {
  context: EMPTY_CONTEXT,
  featureStates: {},
  standing: null,
  handoff: null,
  isEcho: false,
};

/** The lead that a delivery concerns. */
export function keyOf({ delivery }: { readonly delivery: Delivery }): LeadKey {
  return { locationId: delivery.locationId, contactId: delivery.event.contactId ?? '' };
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
    conversion: NO_CONVERSION,
    handoff: null,
    increments: [],
  };
}

/**
 * A delivery kept for replay. What went wrong is named, never quoted: an error's text may hold data of
 * the lead, and it is in the log.
 */
export function failedDelivery(delivery: Delivery, error: unknown): DecidedDelivery {
  return {
    ...unchanged(delivery, 'failed'),
    outcome: { status: 'failed' },
    error: faultName(error),
  };
}

function faultName(error: unknown): string {
  if (!(error instanceof Error)) return 'fault';
  const code = codeOf(error);
  return code === '' ? error.name : `${error.name} ${code}`;
}
