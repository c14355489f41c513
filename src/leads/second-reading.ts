import type { LeadFacts } from './lead-documents.js';

/** A value, and the words of the message that it was read from. */
export interface Quoted<Value> {
  readonly value: Value;
  readonly quote: string;
}

/** Facts that a second reading may fill. */
export const READABLE_FACTS = ['budget', 'timeline', 'financing', 'areas'] as const;
export type ReadableFact = (typeof READABLE_FACTS)[number];

/** What a language model has read in a message, as far as it passed the check. */
export interface SecondReading {
  readonly budget?: Quoted<Pick<LeadFacts, 'budget_min' | 'budget_max'>>;
  readonly timeline?: Quoted<LeadFacts['timeline']>;
  readonly financing?: Quoted<LeadFacts['financing']>;
  readonly areas?: Quoted<LeadFacts['areas']>;
  /** What it says about being written to: it may add a refusal or a doubt, and lift neither. */
  readonly consent?: Quoted<'opt_out' | 'hold'>;
  /** Why something that the model named was not taken: `not_quoted`, `out_of_range` … */
  readonly rejected: readonly string[];
}

const IS_UNKNOWN: Readonly<Record<ReadableFact, (facts: LeadFacts) => boolean>> = {
  budget: (facts) => facts.budget_min === null && facts.budget_max === null,
  timeline: (facts) => facts.timeline === 'unknown',
  financing: (facts) => facts.financing === 'unknown',
  areas: (facts) => facts.areas.length === 0,
};

export function unknownFacts(facts: LeadFacts): readonly ReadableFact[] {
  return READABLE_FACTS.filter((fact) => IS_UNKNOWN[fact](facts));
}

/** The facts with what the reading adds to those that are not known yet. */
export function fillUnknown(
  facts: LeadFacts,
  reading: SecondReading,
): { readonly facts: LeadFacts; readonly filled: readonly ReadableFact[] } {
  const filled = unknownFacts(facts).filter((fact) => reading[fact] !== undefined);
  const valueOf = (fact: ReadableFact): Partial<LeadFacts> => {
    const value = reading[fact]?.value;
    return fact === 'budget' ? (value as Partial<LeadFacts>) : { [fact]: value };
  };
  return { facts: Object.assign({}, facts, ...filled.map(valueOf)) as LeadFacts, filled };
}
