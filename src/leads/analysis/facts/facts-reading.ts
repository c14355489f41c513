/** A bare figure or month is read in the light of it. */
export type LastQuestion = 'budget' | 'area' | 'timeline';

/** What a message's facts depend on beside its words. */
export interface FactsReading {
  readonly serviceAreas: readonly string[];
  readonly at: Date;
  /** IANA zone of the location. */
  readonly timezone: string;
  readonly lastQuestion: LastQuestion | null;
}
