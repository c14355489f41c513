import type { LeadFacts } from '../lead-documents.js';
import { findAreas, listWantedAreas } from './facts/areas.js';
import { extractBudget } from './facts/budget.js';
import { extractFinancing } from './facts/financing.js';
import { extractTimeline } from './facts/timeline.js';
import { tokenize, type Tokens } from './text/tokenize.js';

/** What one message says; never throws, whatever the text. docs/text-facts.md shows what is understood. */
export function extractFacts(text: string, serviceAreas: readonly string[]): LeadFacts {
  return extractFactsFromTokens(tokenize(text), serviceAreas);
}

export function extractFactsFromTokens(tokens: Tokens, serviceAreas: readonly string[]): LeadFacts {
  const budget = extractBudget(tokens);
  const areas = findAreas(tokens, serviceAreas);
  return {
    budget_min: budget.min,
    budget_max: budget.max,
    timeline: extractTimeline(tokens),
    financing: extractFinancing(tokens, new Set(areas.map(({ end }) => end))),
    areas: listWantedAreas(areas),
  };
}
