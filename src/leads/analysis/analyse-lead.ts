import type {
  LeadAnalysis,
  LeadFacts,
  LeadIntent,
  LeadPriority,
  LeadTemperature,
} from '../lead-documents.js';
import type { LeadProfile } from '../../config/lead-profile.js';
import { detectConsentInTokens, type Consent } from './detect-consent.js';
import { scoreLead } from './score-lead.js';
import {
  continuesClause,
  type Token,
  tokenize,
  type Tokens,
  wordAt,
  wordSet,
} from './text/tokenize.js';
import { extractBudget } from './facts/budget.js';
import { extractFinancing } from './facts/financing.js';
import { extractTimeline } from './facts/timeline.js';
import {
  compileLexicon,
  isNegatedAfter,
  isNegatedOver,
  type Lexicon,
  phraseStartingAt,
} from './text/phrases.js';

export interface AnalysisRequest {
  /** This message; empty when the event carries none. */
  readonly text: string;
  /** Gathered from the conversation so far. */
  readonly previousFacts: LeadFacts;
  readonly profile: LeadProfile;
}

export interface AnalysisResult {
  readonly analysis: LeadAnalysis;
  /** What this message says about being written to; null when nothing. */
  readonly consent: Consent | null;
}

/** Pure, total and linear in the length of the text. */
export function analyseLead({ text, previousFacts, profile }: AnalysisRequest): AnalysisResult {
  const tokens = tokenize(text);
  const consent = detectConsentInTokens(tokens);
  const facts = mergeFacts(previousFacts, extractFactsFromTokens(tokens, profile.serviceAreas));
  if (consent === 'opt_out') return { analysis: refusal(facts), consent };

  const { leadScore, scores } = scoreLead(facts, { text, tokens });
  // A message without words qualifies nobody: it says nothing new about the lead.
  const saysSomething = text.trim() !== '';
  return {
    consent,
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
export function extractFacts(text: string, serviceAreas: readonly string[]): LeadFacts {
  return extractFactsFromTokens(tokenize(text), serviceAreas);
}

function extractFactsFromTokens(tokens: Tokens, serviceAreas: readonly string[]): LeadFacts {
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

export interface AreaMention {
  /** In the location's own spelling. */
  readonly area: string;
  /** Index behind its last token. */
  readonly end: number;
  /** "not Dallas", "anywhere but Dallas". */
  readonly isRuledOut: boolean;
}

const EXCLUDERS = wordSet('except excluding besides avoid avoiding hate hates dislike');
/** A denial reaches a place over these alone: "no rush to find something in Allen" rules nothing out. */
const WORDS_OF_WANTING = wordSet(
  'in at to near around of for on about with from into a an the any anything anywhere anyone even really very ' +
    'too so all want wanting wanna like liking love need needing care fan keen interested interest looking look ' +
    'search searching consider considering thinking live living be being move moving relocate relocating go going ' +
    'do send show me us my our homes home houses house properties property listings areas area buy buying see north south ' +
    'east west downtown city part side be able willing would will also please necessarily particularly especially',
);
const DENIAL_REACH_WORDS = 9;
const LIST_WORDS = new Set(['or', 'nor', 'and']);

/** Service areas in order of mention; the longest name wins where one holds another. */
function findAreas(tokens: Tokens, serviceAreas: readonly string[]): readonly AreaMention[] {
  const lexicon = compileAreas(serviceAreas);
  const bare = tokens.map(withoutPossessive);
  const mentions: AreaMention[] = [];
  for (let at = 0; at < bare.length;) {
    const match = phraseStartingAt(bare, at, lexicon);
    if (match) {
      const isRuledOut =
        sharesDenial(bare, at, mentions.at(-1)) || isDenied(bare, match.start, match.end);
      mentions.push({ area: match.phrase.meaning, end: match.end, isRuledOut });
    }
    at = match?.end ?? at + 1;
  }
  return mentions;
}

/** Each area once. */
function listWantedAreas(mentions: readonly AreaMention[]): readonly string[] {
  return [...new Set(mentions.filter(({ isRuledOut }) => !isRuledOut).map(({ area }) => area))];
}

function compileAreas(serviceAreas: readonly string[]): Lexicon<string> {
  return compileLexicon(
    serviceAreas.map((area) => {
      const words = tokenize(area).map(({ text }) => text);
      return [area, words.length > 0 ? [words.join(' ')] : []] as const;
    }),
  );
}

/** "neither Plano nor Allen". */
function sharesDenial(tokens: Tokens, at: number, last: AreaMention | undefined): boolean {
  return last?.isRuledOut === true && last.end === at - 1 && LIST_WORDS.has(wordAt(tokens, at - 1));
}

function isDenied(tokens: Tokens, start: number, end: number): boolean {
  const before = continuesClause(tokens, start) ? wordAt(tokens, start - 1) : '';
  const beforeThat = wordAt(tokens, start - 2);
  const isAnywhereBut =
    before === 'but' && (beforeThat.startsWith('any') || beforeThat.startsWith('every'));
  const isExcepted =
    EXCLUDERS.has(before) || (EXCLUDERS.has(beforeThat) && ['for', 'in'].includes(before));
  return (
    isAnywhereBut ||
    isExcepted ||
    isNegatedAfter(tokens, end) ||
    isNegatedOver(tokens, start, WORDS_OF_WANTING, DENIAL_REACH_WORDS)
  );
}

function withoutPossessive(token: Token): Token {
  return token.text.endsWith("'s") ? { ...token, text: token.text.slice(0, -2) } : token;
}

/** Words that acknowledge and say nothing else; a message of these alone is one. */
const ACKNOWLEDGING = wordSet(
  'ok okay k kk thanks thank you thx ty much so very appreciated appreciate it great perfect cool ' +
    'sounds good got will do sure alright awesome nice gracias vale bueno de acuerdo perfecto',
);
/** At least one of them, so that "so much" or "you" alone is no thanks. */
const HEADS = wordSet(
  'ok okay k kk thanks thank thx ty great perfect cool sounds got will sure alright awesome nice appreciated appreciate gracias vale bueno acuerdo perfecto',
);
const APPROVING_SIGNS = /(?:👍|👌|🙏|🙌|✅|😀|😊|🙂|❤)[\u{1F3FB}-\u{1F3FF}]?\uFE0F?/gu;

/** What a message is for: unless it only acknowledges, its writer wants to buy. */
export function classifyIntent(text: string): LeadIntent {
  const signs = text.match(APPROVING_SIGNS)?.length ?? 0;
  const rest = text.replace(APPROVING_SIGNS, ' ').toLowerCase();
  const words = rest.match(/[\p{L}\p{N}'$?]+/gu) ?? [];
  if (words.length === 0) return signs > 0 ? 'acknowledgement' : 'buyer';
  const acknowledges =
    words.every((word) => ACKNOWLEDGING.has(word)) && words.some((word) => HEADS.has(word));
  return acknowledges ? 'acknowledgement' : 'buyer';
}

const ASKING_START =
  /^\W*(?:who|what|whats|what's|when|where|why|how|which|is there|are there|do you|does|did you|can you|can i|could you|could i|will you|would you|have you|may i|qué|cuándo|cuánto|cuál|dónde|cómo|hay|puedo|puede|tienen)\b/iu;

/** Whether a message asks something: by its question mark, or by how a sentence of it begins. */
export function asksQuestion(text: string): boolean {
  const readable = text.replace(/\bhttps?:\/\/\S+/gi, ' ');
  if (/[?¿]/.test(readable)) return true;
  return readable.split(/[.!\n]+/).some((sentence) => ASKING_START.test(sentence));
}
