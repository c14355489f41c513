import type { LeadFacts, LeadPriority, LeadTemperature } from '../lead-documents.js';
import type { LeadProfile } from '../../config/lead-profile.js';

/** What a score and the facts mean to one location: contract section 4.3. */

const HOT_FROM = 80;
const WARM_FROM = 60;
/** Commission rates are held exactly to a ten-thousandth of a percent. */
const RATE_PARTS = 1_000_000;
const CENTS = 100;

export function gradeTemperature(leadScore: number): LeadTemperature {
  if (leadScore >= HOT_FROM) return 'hot';
  return leadScore >= WARM_FROM ? 'warm' : 'cold';
}

export function gradePriority(facts: LeadFacts, profile: LeadProfile): LeadPriority {
  // "at least 900k" exceeds a maximum of 800k although no ceiling is known.
  const dollars = facts.budget_max ?? facts.budget_min;
  if (dollars !== null && dollars > profile.maxBudget) return 'review_required';
  const isInRange = meetsMinimumBudget(facts, profile);
  return isInRange && facts.areas.length > 0 ? 'high' : 'normal';
}

export function meetsMinimumBudget(facts: LeadFacts, profile: LeadProfile): boolean {
  return facts.budget_max !== null && facts.budget_max >= profile.minBudget;
}

/** Dollars, rounded to cents in integer arithmetic; 0 when the budget is unknown. */
export function estimateCommission(facts: LeadFacts, profile: LeadProfile): number {
  const rateParts = Math.round(profile.commissionRate * RATE_PARTS);
  const cents = ((facts.budget_max ?? 0) * rateParts) / (RATE_PARTS / CENTS);
  return Math.round(cents) / CENTS;
}
