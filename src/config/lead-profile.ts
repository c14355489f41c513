/** What a location buys and sells: the yardstick against which its leads are measured. */
export interface LeadProfile {
  /** Dollars. */
  readonly minBudget: number;
  readonly maxBudget: number;
  readonly serviceAreas: readonly string[];
  /** Fraction of the price, e.g. 0.06. */
  readonly commissionRate: number;
  /** IANA zone of the business, used where the contact's own zone is unknown. */
  readonly timezone: string;
}

export const DEFAULT_LEAD_PROFILE: LeadProfile = {
  minBudget: 200_000,
  maxBudget: 800_000,
  serviceAreas: ['Dallas', 'Plano', 'Frisco', 'McKinney', 'Allen'],
  commissionRate: 0.06,
  timezone: 'America/Chicago',
};
