import type { Outcome } from '../growth/growth-feature.js';
import type { LeadKey } from '../leads/lead-key.js';

/** An outcome that somebody understands; only these are kept. */
export type KnownOutcome = Exclude<Outcome, 'unknown'>;

/** Weakest first. Settles two events of the same instant, in the order in which a status is read. */
export const OUTCOME_STRENGTH = ['active', 'converted', 'lost'] as const satisfies KnownOutcome[];

/** Where a lead stands, and the event that says so. */
export interface OutcomeStanding {
  readonly outcome: KnownOutcome;
  /** The status that it was read from; null when the event carried none. */
  readonly field: string | null;
  readonly value: string | null;
  /** The event's own time. */
  readonly occurredAt: Date;
  /** Whether it has been written to the CRM and told to the hooks. */
  readonly announced: boolean;
}

/** What became of one lead, to be kept. */
export interface LeadOutcome extends LeadKey, OutcomeStanding {}

export function isKnownOutcome(outcome: Outcome): outcome is KnownOutcome {
  return outcome !== 'unknown';
}

type DatedOutcome = Pick<OutcomeStanding, 'outcome' | 'occurredAt'>;

/**
 * Whether an event moves a lead on: events arrive in any order, and the newest by its own time
 * counts. Of the same instant the stronger outcome wins, so that the order of arrival never matters;
 * an event that comes twice is not newer than itself.
 */
export function supersedes(candidate: DatedOutcome, standing: DatedOutcome | null): boolean {
  if (standing === null) return true;
  const laterMs = candidate.occurredAt.getTime() - standing.occurredAt.getTime();
  return laterMs === 0 ? strength(candidate) > strength(standing) : laterMs > 0;
}

/** Whether an event says again what is known: the CRM sends the whole record at every change of any part of it. */
export function repeats(
  candidate: Pick<OutcomeStanding, 'outcome' | 'field' | 'value'>,
  standing: OutcomeStanding | null,
): standing is OutcomeStanding {
  return (
    standing !== null &&
    candidate.outcome === standing.outcome &&
    candidate.field === standing.field &&
    candidate.value === standing.value
  );
}

function strength({ outcome }: DatedOutcome): number {
  return OUTCOME_STRENGTH.indexOf(outcome);
}
