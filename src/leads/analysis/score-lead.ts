import type { LeadFacts, LeadScores, Timeline } from '../lead-documents.js';
import { compilePhrases, findPhrases, isNegated, type Lexicon } from './text/phrases.js';
import type { Tokens } from './text/tokenize.js';

/**
 * Scores of a lead, contract section 4.2. All weights are whole hundredths and all sums integers, so
 * that a score on a threshold is on it, and 0.1 + 0.2 never decides over a lead.
 */

export interface ScoredMessage {
  /** As the lead wrote it: its length and its question marks count. */
  readonly text: string;
  readonly tokens: Tokens;
}

export interface LeadScoring {
  /** 0 to 100, one decimal. */
  readonly leadScore: number;
  readonly scores: LeadScores;
}

const FULL = 100;
const BASE_SCORE = 35;
const WEIGHTS = { qualification: 45, urgency: 15, intent: 5 } as const;

const URGENT_PHRASES = compilePhrases(
  'asap, urgent, immediately, quickly, fast, need to, have to, must, deadline',
);
const INTENT_PHRASES = compilePhrases(
  'looking for, want to buy, ready to buy, need a house, searching for, help me find, show me, interested in',
);

const URGENCY_OF_TIMELINE: Readonly<Record<Timeline, number>> = {
  immediate: 40,
  '1_month': 32,
  '2_months': 24,
  '3_months': 16,
  '6_months': 8,
  '1_year': 4,
  flexible: 0,
  unknown: 0,
};

const LARGE_BUDGET_DOLLARS = 300_000;
const LONG_MESSAGE = { characters: 100, hundredths: 20 } as const;
const MEDIUM_MESSAGE = { characters: 50, hundredths: 10 } as const;

export function scoreLead(facts: LeadFacts, message: ScoredMessage): LeadScoring {
  const qualification = scoreQualification(facts);
  const urgency = scoreUrgency(facts, message);
  const intent = scoreIntent(facts, message);
  const hundredths =
    BASE_SCORE * FULL +
    WEIGHTS.qualification * qualification +
    WEIGHTS.urgency * urgency +
    WEIGHTS.intent * intent;
  return {
    leadScore: roundHalfUpToTenth(Math.min(hundredths, 100 * FULL)),
    scores: {
      qualification: qualification / FULL,
      urgency: urgency / FULL,
      intent: intent / FULL,
    },
  };
}

function roundHalfUpToTenth(hundredths: number): number {
  return Math.floor((hundredths + 5) / 10) / 10;
}

function scoreQualification(facts: LeadFacts): number {
  const isLarge = (facts.budget_max ?? 0) >= LARGE_BUDGET_DOLLARS;
  return capped(
    when(isBudgetKnown(facts), 30) +
      when(isLarge, 10) +
      when(isTimelineKnown(facts), 20) +
      when(facts.areas.length > 0, 20) +
      (isFinanced(facts) ? 30 : when(facts.financing !== 'unknown', 10)),
  );
}

function scoreUrgency(facts: LeadFacts, { tokens }: ScoredMessage): number {
  return capped(
    URGENCY_OF_TIMELINE[facts.timeline] +
      Math.min(30, 10 * countPhrases(tokens, URGENT_PHRASES)) +
      when(isFinanced(facts), 30),
  );
}

function scoreIntent(facts: LeadFacts, { text, tokens }: ScoredMessage): number {
  return capped(
    scoreLength(text) +
      when(isBudgetKnown(facts), 15) +
      when(isTimelineKnown(facts), 15) +
      when(facts.areas.length > 0, 15) +
      when(facts.financing === 'pre_approved', 15) +
      Math.min(20, 10 * countPhrases(tokens, INTENT_PHRASES)) +
      Math.min(10, 5 * countQuestionMarks(text)),
  );
}

function scoreLength(text: string): number {
  const characters = countCharacters(text);
  if (characters > LONG_MESSAGE.characters) return LONG_MESSAGE.hundredths;
  return when(characters > MEDIUM_MESSAGE.characters, MEDIUM_MESSAGE.hundredths);
}

/** Characters as people count them, an emoji being one; exact only as far as the score looks. */
function countCharacters(text: string): number {
  return [...text.slice(0, 2 * (LONG_MESSAGE.characters + 1))].length;
}

/** Each phrase counts once, however often it is said. */
function countPhrases(tokens: Tokens, lexicon: Lexicon<string>): number {
  const said = findPhrases(tokens, lexicon).filter(
    ({ start, end }) => !isNegated(tokens, start, end),
  );
  return new Set(said.map(({ phrase }) => phrase.meaning)).size;
}

function countQuestionMarks(text: string): number {
  return text.split('?', 3).length - 1;
}

function isBudgetKnown(facts: LeadFacts): boolean {
  return facts.budget_min !== null || facts.budget_max !== null;
}

/** A flexible timeline is none, wherever scores are concerned. */
function isTimelineKnown({ timeline }: LeadFacts): boolean {
  return timeline !== 'unknown' && timeline !== 'flexible';
}

function isFinanced({ financing }: LeadFacts): boolean {
  return financing === 'cash' || financing === 'pre_approved';
}

function when(applies: boolean, hundredths: number): number {
  return applies ? hundredths : 0;
}

function capped(hundredths: number): number {
  return Math.min(FULL, hundredths);
}
