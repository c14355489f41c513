import type {
  LeadAnalysis,
  LeadFacts,
  LeadIntent,
  LeadPriority,
  LeadTemperature,
} from '../lead-documents.js';
import type { LeadProfile } from '../../config/lead-profile.js';
import { detectConsentInTokens, type Consent } from './consent/detect-consent.js';
import { classifyIntent } from './intent.js';
import { scoreLead } from './score-lead.js';
import { tokenize, type Tokens } from './text/tokenize.js';
import { findAreas, listWantedAreas } from './facts/areas.js';
import { extractBudget } from './facts/budget.js';
import { extractFinancing } from './facts/financing.js';
import { extractTimeline } from './facts/timeline.js';

/** A bare figure or month is read in the light of it. */
export type LastQuestion = 'budget' | 'area' | 'timeline';

export interface AnalysisRequest {
  /** What the lead wrote itself in this message; empty when the event carries none. */
  readonly text: string;
  /** The message's own time: dates are counted from it. */
  readonly at: Date;
  /** What our last message asked for; null when it asked for nothing, or there is none. */
  readonly lastQuestion?: LastQuestion | null;
  /** Gathered from the conversation so far. */
  readonly previousFacts: LeadFacts;
  readonly profile: LeadProfile;
}

export interface AnalysisResult {
  readonly analysis: LeadAnalysis;
  /** What this message says about being written to; null when nothing. */
  readonly consent: Consent | null;
  readonly intent: LeadIntent;
}

/** Pure, total and linear in the length of the text. */
export function analyseLead(request: AnalysisRequest): AnalysisResult {
  const { text, previousFacts, profile } = request;
  const tokens = tokenize(text);
  const consent = detectConsentInTokens(tokens);
  const facts = mergeFacts(previousFacts, extractFactsFromTokens(tokens, readingOf(request)));
  const intent = classifyIntent(text);
  if (consent === 'opt_out') return { analysis: refusal(facts), consent, intent };

  const { leadScore, scores } = scoreLead(facts, { text, tokens });
  // A message without words qualifies nobody: it says nothing new about the lead.
  const saysSomething = text.trim() !== '';
  return {
    consent,
    intent,
    analysis: {
      lead_score: leadScore,
      lead_temperature: gradeTemperature(leadScore),
      priority: gradePriority(facts, profile),
      estimated_commission: estimateCommission(facts, profile),
      facts,
      scores,
      meets_criteria: saysSomething && meetsMinimumBudget(facts, profile),
      service_area_match: facts.areas.length > 0,
    },
  };
}

/** Who asks to be left alone is no lead, whatever was said before; the facts stay for the record. */
function refusal(facts: LeadFacts): LeadAnalysis {
  return {
    lead_score: 0,
    lead_temperature: 'cold',
    priority: 'normal',
    estimated_commission: 0,
    facts,
    scores: { qualification: 0, urgency: 0, intent: 0 },
    meets_criteria: false,
    service_area_match: facts.areas.length > 0,
  };
}

/** What one message says; never throws, whatever the text. docs/text-facts.md shows what is understood. */
export function extractFacts(text: string, reading: FactsReading): LeadFacts {
  return extractFactsFromTokens(tokenize(text), reading);
}

/** What a message's facts depend on beside its words. */
export interface FactsReading {
  readonly serviceAreas: readonly string[];
  readonly at: Date;
  /** IANA zone of the location. */
  readonly timezone: string;
  readonly lastQuestion: LastQuestion | null;
}

function readingOf({ profile, at, lastQuestion = null }: AnalysisRequest): FactsReading {
  return { serviceAreas: profile.serviceAreas, at, timezone: profile.timezone, lastQuestion };
}

function extractFactsFromTokens(tokens: Tokens, { serviceAreas }: FactsReading): LeadFacts {
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
