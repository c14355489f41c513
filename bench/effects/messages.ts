/** What the benchmark of effects and its processes tell each other. */

/** A call as a CRM sees it; `c` stands for the contact. */
export interface CallPattern {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
}

/** What the CRM has seen since it was last asked. */
export interface CrmTally {
  readonly calls: number;
  /** From the first call to the last, in ms. */
  readonly spanMs: number;
  /** The calls of each of some contacts, in order: what the bare loop repeats. */
  readonly patterns: readonly (readonly CallPattern[])[];
}

/** Contacts whose effects are to be carried out. */
export interface EffectsOrder {
  readonly contacts: number;
  readonly series: string;
  /** For the bare loop. */
  readonly patterns: CrmTally['patterns'];
}
