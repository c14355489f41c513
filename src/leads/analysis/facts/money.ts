import {
  continuesClause,
  continuesSentence,
  type Tokens,
  wordAt,
  wordSet,
} from '../text/tokenize.js';
import { holdsAfter, holdsBefore } from './neighbours.js';
import type { Amount } from '../text/amounts.js';

/** Whether a figure is money at all: by its own signs, or by the words beside it. */

/** Contract, section 4: figures outside are rents, deposits or slips. */
const LOWEST_DOLLARS = 50_000;
const HIGHEST_DOLLARS = 5_000_000;
/** Below, a plain figure has the five digits of a zip code or a house number. */
const SIX_DIGITS = 100_000;
const CUES_IN_SENTENCE = wordSet(
  'budget price priced spend spending afford max maximum dollars presupuesto precio gastar dólares dolares máximo maximo',
);
const CUES_ADJACENT = wordSet(
  'around about for at approximately approx roughly de por como unos alrededor',
);
const CUE_REACH_WORDS = 6;

export function isCounted(dollars: number): boolean {
  return dollars >= LOWEST_DOLLARS && dollars <= HIGHEST_DOLLARS;
}

/** `hasCue`: a money word leads straight to the figure, which is evidence for any. */
export function isEvident(tokens: Tokens, amount: Amount, hasCue: boolean): boolean {
  if (amount.hasCurrency || hasCue) return true;
  if (amount.scale > 1) return !amount.isIdiomatic;
  if (amount.isGrouped && amount.value >= SIX_DIGITS) return true;
  return isRound(amount) && (isLedByPreposition(tokens, amount) || isNearCue(tokens, amount));
}

function isRound({ value }: Amount): boolean {
  return value % 1_000 === 0;
}

function isLedByPreposition(tokens: Tokens, { start }: Amount): boolean {
  return continuesClause(tokens, start) && CUES_ADJACENT.has(wordAt(tokens, start - 1));
}

function isNearCue(tokens: Tokens, { start, end, value }: Amount): boolean {
  if (value < SIX_DIGITS) return false;
  return (
    holdsBefore(tokens, start, CUE_REACH_WORDS, CUES_IN_SENTENCE, continuesSentence) ||
    holdsAfter(tokens, end, CUE_REACH_WORDS, CUES_IN_SENTENCE, continuesSentence)
  );
}
