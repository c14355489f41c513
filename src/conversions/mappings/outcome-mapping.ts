import type { Outcome } from '../../growth/growth-feature.js';

/** Stands for every location; what a location has set for itself wins. */
export const ALL_LOCATIONS = '*';

/** "Our stage X means converted." */
export interface OutcomeMapping {
  /** A location's id, or `ALL_LOCATIONS`. */
  readonly locationId: string;
  readonly statusKey: string;
  readonly outcome: Outcome;
}

/** What an operator asks for; a null outcome takes the mapping away. */
export interface OutcomeMappingChange extends Omit<OutcomeMapping, 'outcome'> {
  readonly outcome: Outcome | null;
}
