import type { Financing, LeadFacts, Timeline } from '../leads/lead-documents.js';

/** A lead in a few words, for a person who has to act within minutes. */

const TIMELINE_WORDS: Readonly<Record<Timeline, string | null>> = {
  immediate: 'as soon as possible',
  '1_month': 'within a month',
  '2_months': 'within two months',
  '3_months': 'within three months',
  '6_months': 'within six months',
  '1_year': 'in about a year',
  flexible: 'in no hurry',
  unknown: null,
};

const FINANCING_WORDS: Readonly<Record<Financing, string | null>> = {
  cash: 'pays cash',
  pre_approved: 'pre-approved',
  conventional: 'conventional loan',
  fha: 'FHA loan',
  va: 'VA loan',
  jumbo: 'jumbo loan',
  needs_financing: 'needs financing',
  unknown: null,
};

/** What the lead wants, as far as it has said so. */
export function describeWishes(facts: LeadFacts): string {
  const area = facts.areas.length > 0 ? ` in ${facts.areas.join(' or ')}` : '';
  const wishes = [
    `A home${area}`,
    describeBudget(facts),
    TIMELINE_WORDS[facts.timeline],
    FINANCING_WORDS[facts.financing],
  ];
  return wishes.filter((wish) => wish !== null).join(', ');
}

function describeBudget({ budget_min: min, budget_max: max }: LeadFacts): string | null {
  if (min === null) return max === null ? null : `up to ${dollars(max)}`;
  if (max === null) return `from ${dollars(min)}`;
  return min === max ? `about ${dollars(max)}` : `${dollars(min)} to ${dollars(max)}`;
}

function dollars(amount: number): string {
  return `$${amount.toLocaleString('en-US')}`;
}

/** What has to be asked, the most telling first. */
export function missingFacts(facts: LeadFacts): readonly string[] {
  const isMissing = {
    budget: facts.budget_min === null && facts.budget_max === null,
    area: facts.areas.length === 0,
    timeline: facts.timeline === 'unknown',
    financing: facts.financing === 'unknown',
  };
  return Object.entries(isMissing).flatMap(([fact, missing]) => (missing ? [fact] : []));
}

/** @param canCall whether a telephone number is known */
export function suggestNextStep(missing: readonly string[], canCall: boolean): string {
  const contact = canCall ? 'Call' : 'Write in the conversation (no phone number is known)';
  return missing.length === 0
    ? `${contact} and agree on a time to meet.`
    : `${contact} and ask about ${listed(missing)}.`;
}

function listed(words: readonly string[]): string {
  const last = words[words.length - 1] ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}
