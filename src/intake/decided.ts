import { codeOf } from '../database/error-code.js';
import type { Delivery } from '../leads/crm-event.js';
import type { LeadAnalysis } from '../leads/lead-documents.js';
import { withoutConsequence, type Decision, type Situation } from './decide/decision.js';
import type { DeliveryState } from './intake.tables.js';

/** What the sender of a delivery is told. */
export type IntakeOutcome =
  | { readonly status: 'processed'; readonly analysis: LeadAnalysis }
  | { readonly status: 'acknowledged' }
  | { readonly status: 'duplicate' }
  /** Kept for replay: deciding failed. */
  | { readonly status: 'failed' };

/** A delivery with all that follows from it; stored in one transaction with its neighbours. */
export interface Decided extends Omit<Decision, 'state'> {
  readonly delivery: Delivery;
  readonly state: DeliveryState;
  /** Why it is kept for replay; null when it was decided. */
  readonly error: string | null;
  /** Null when it could not be decided. */
  readonly from: DecidedFrom | null;
}

/** What a decision can be computed again from, together with the delivery itself. */
export interface DecidedFrom {
  readonly situation: Situation;
  readonly rolloutId: string;
  readonly settingsId: string;
}

export function outcomeOf({ state, document }: Decided): IntakeOutcome {
  if (state === 'failed') return { status: 'failed' };
  return document === null
    ? { status: 'acknowledged' }
    : { status: 'processed', analysis: document };
}

/**
 * A delivery kept for replay. What went wrong is named, never quoted: an error's text may hold data of
 * the lead, and it is in the log.
 */
export function failedDelivery(delivery: Delivery, error: unknown): Decided {
  return {
    ...withoutConsequence('acknowledged'),
    delivery,
    state: 'failed',
    error: faultName(error),
    from: null,
  };
}

function faultName(error: unknown): string {
  if (!(error instanceof Error)) return 'fault';
  const code = codeOf(error);
  return code === '' ? error.name : `${error.name} ${code}`;
}
