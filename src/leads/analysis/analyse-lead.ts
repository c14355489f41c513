import type {
  LeadAnalysis,
  LeadFacts,
  LeadIntent,
  LeadPriority,
  LeadTemperature,
} from '../lead-documents.js';
import type { LeadProfile } from '../../config/lead-profile.js';
import { consentOf, type ConsentReading } from './consent/detect-consent.js';
import { plainWordsOnce } from './consent/plain-words.js';
import { intentOf } from './intent.js';
import { ownWords } from './own-words/own-words.js';
import { scoreLead, type ScoredMessage } from './score-lead.js';
import { tokenize, type Tokens } from './text/tokenize.js';
import { findAreas, listDroppedAreas, listWantedAreas } from './facts/areas.js';
import type { FactsReading, LastQuestion } from './facts/facts-reading.js';
import { extractBudget } from './facts/budget.js';
import { extractFinancing } from './facts/financing.js';
import { extractTimeline } from './facts/timeline.js';

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
  readonly consent: ConsentReading | null;
  readonly intent: LeadIntent;
  /** What this message alone says. */
  readonly said: LeadFacts;
}

/** Pure, total and linear in the length of the text. */
export function analyseLead(request: AnalysisRequest): AnalysisResult {
  const { text, previousFacts, profile } = request;
  const tokens = tokenize(text);
  const own = ownWords(text, []);
  const toLine = plainWordsOnce();
  const consent = consentOf(own, toLine);
  const intent = intentOf(own, toLine);
  const read = readFacts(tokens, readingOf(request));
  const said = hasNoBudget(intent) ? withoutBudget(read) : read;
  const facts = mergeFacts(previousFacts, said);
  const isRefusal = consent?.verdict === 'opt_out';
  return {
    consent,
    intent,
    said: said.facts,
    analysis: isRefusal ? refusal(facts) : gradeLead(facts, { text, tokens }, profile),
  };
}

/** What the facts known of a lead, and the wording of its message, are worth to a location. */
function gradeLead(facts: LeadFacts, message: ScoredMessage, profile: LeadProfile): LeadAnalysis {
  const { leadScore, scores } = scoreLead(facts, message);
  // A message without words qualifies nobody: it says nothing new about the lead.
  const saysSomething = message.text.trim() !== '';
  return {
    lead_score: leadScore,
    lead_temperature: gradeTemperature(leadScore),
    priority: gradePriority(facts, profile),
    estimated_commission: estimateCommission(facts, profile),
    facts,
    scores,
    meets_criteria: saysSomething && meetsMinimumBudget(facts, profile),
    service_area_match: facts.areas.length > 0,
  };
}

/** The analysis of a message of which more is known than its rules have read. */
export function regradeLead(
  facts: LeadFacts,
  text: string,
  { isRefusal, profile }: { readonly isRefusal: boolean; readonly profile: LeadProfile },
): LeadAnalysis {
  return isRefusal ? refusal(facts) : gradeLead(facts, { text, tokens: tokenize(text) }, profile);
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
  return readFacts(tokenize(text), reading).facts;
}

function readingOf({ profile, at, lastQuestion = null }: AnalysisRequest): FactsReading {
  return { serviceAreas: profile.serviceAreas, at, timezone: profile.timezone, lastQuestion };
}

/** What one message says. */
export interface SaidFacts {
  readonly facts: LeadFacts;
  /** Areas that it drops from those of the conversation. */
  readonly droppedAreas: readonly string[];
}

function readFacts(tokens: Tokens, reading: FactsReading): SaidFacts {
  const budget = extractBudget(tokens, reading);
  const areas = findAreas(tokens, reading.serviceAreas);
  const facts = {
    budget_min: budget.min,
    budget_max: budget.max,
    timeline: extractTimeline(tokens, reading),
    financing: extractFinancing(tokens, new Set(areas.map(({ end }) => end))),
    areas: listWantedAreas(areas),
  };
  return { facts, droppedAreas: listDroppedAreas(areas) };
}

/** What a seller's home is worth, and what a vendor offers, is nobody's budget. */
const hasNoBudget = (intent: LeadIntent): boolean => intent === 'seller' || intent === 'vendor';

function withoutBudget({ facts, droppedAreas }: SaidFacts): SaidFacts {
  return { facts: { ...facts, budget_min: null, budget_max: null }, droppedAreas };
}

/** What is known of a lead after one more message: a new known fact replaces the old one. */
export function mergeFacts(previous: LeadFacts, { facts, droppedAreas }: SaidFacts): LeadFacts {
  // Both ends of a budget belong together: a new "up to 400k" must not keep an old minimum of 500k.
  const budget = facts.budget_min !== null || facts.budget_max !== null ? facts : previous;
  const kept = previous.areas.filter((area) => !droppedAreas.includes(area));
  return {
    budget_min: budget.budget_min,
    budget_max: budget.budget_max,
    timeline: facts.timeline === 'unknown' ? previous.timeline : facts.timeline,
    financing: facts.financing === 'unknown' ? previous.financing : facts.financing,
    areas: [...(facts.areas.length > 0 ? facts.areas : kept)],
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
