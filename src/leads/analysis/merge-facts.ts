import type { LeadFacts } from '../lead-documents.js';

/** What is known of a lead after one more message: a new known fact replaces the old one. */
export function mergeFacts(previous: LeadFacts, current: LeadFacts): LeadFacts {
  // Both ends of a budget belong together: a new "up to 400k" must not keep an old minimum of 500k.
  const budget = current.budget_min !== null || current.budget_max !== null ? current : previous;
  return {
    budget_min: budget.budget_min,
    budget_max: budget.budget_max,
    timeline: current.timeline === 'unknown' ? previous.timeline : current.timeline,
    financing: current.financing === 'unknown' ? previous.financing : current.financing,
    areas: [...(current.areas.length > 0 ? current.areas : previous.areas)],
  };
}
