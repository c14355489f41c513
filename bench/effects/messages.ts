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
  /** Of one contact, in order: what the bare loop repeats. */
  readonly pattern: readonly CallPattern[];
}

/** Contacts whose effects are to be carried out. */
export interface EffectsOrder {
  readonly contacts: number;
  readonly series: string;
  readonly pattern: readonly CallPattern[];
}
