import { isNegator, phraseEndingAt, phraseStartingAt } from '../text/phrases.js';
import { continuesClause, GAP, wordAt, type Tokens, wordSet } from '../text/tokenize.js';
import {
  AFTER,
  BEFORE,
  CUES,
  FILLERS,
  FILLERS_AFTER,
  LABELS,
  LIGHT_WORDS,
} from './budget-words.js';
import { readAmount, type Amount } from '../text/amounts.js';

/** What the words around a figure make of it. */
export type Bound = 'exact' | 'ceiling' | 'floor' | 'denied';

export interface BoundReading {
  readonly bound: Bound;
  /** A money word leads to the figure, or follows it. */
  readonly hasCue: boolean;
  /** Index behind the last token that was read for this figure. */
  readonly end: number;
}

const REACH_WORDS = 9;
const REACH_AFTER_WORDS = 5;

/** `from` is where the words of the figure before it end: each word is read once. */
export function readBound(
  tokens: Tokens,
  amount: Pick<Amount, 'start' | 'end'>,
  from: number,
): BoundReading {
  const before = readBefore(tokens, amount.start, from);
  const after = readAfter(tokens, amount.end, true);
  const own = before.bound === undefined || closesClause(tokens, after) ? after : undefined;
  const bound = own?.bound ?? turnBehind(tokens, before.bound, amount.end);
  if (bound !== undefined) return { bound, hasCue: true, end: own?.end ?? amount.end };
  const hasCue = before.hasCue || isFollowedByCue(tokens, amount.end);
  const isDenied = isDeniedBefore(tokens, amount.start, from);
  return { bound: isDenied ? 'denied' : 'exact', hasCue, end: amount.end };
}

/** In "3 bed min 400k max" the word behind, which closes the clause, is the figure's own. */
function closesClause(tokens: Tokens, after: After | undefined): boolean {
  return after !== undefined && !continuesClause(tokens, after.end);
}

const UNABLE = wordSet('puedo podemos quiero queremos pago pagamos can');

/** "más de 500 mil no puedo", "over 500 we can't": the denial stands behind. */
function turnBehind(
  tokens: Tokens,
  bound: 'ceiling' | 'floor' | undefined,
  end: number,
): 'ceiling' | 'floor' | undefined {
  if (bound !== 'floor') return bound;
  const at = ['we', 'i', 'ya'].includes(wordAt(tokens, end)) ? end + 1 : end;
  const [word, next] = [wordAt(tokens, at), wordAt(tokens, at + 1)];
  const isUnable = /^can(?:'?t|not)$/.test(word) || (word === 'no' && UNABLE.has(next));
  const isTooMuch = ['is', 'es'].includes(word) && ['too', 'demasiado', 'mucho'].includes(next);
  return isUnable || isTooMuch ? 'ceiling' : bound;
}

interface Before {
  readonly bound?: 'ceiling' | 'floor';
  readonly hasCue: boolean;
}

function readBefore(tokens: Tokens, start: number, from: number): Before {
  let hasCue = false;
  for (let at = start; at > from && at > start - REACH_WORDS; at -= 1) {
    if (!isWithinReach(tokens, at, start)) break;
    const match = phraseEndingAt(tokens, at, BEFORE);
    if (match && match.start >= from) {
      return { bound: turn(tokens, match.phrase.meaning, match.start, from), hasCue: true };
    }
    const word = withoutPossessive(wordAt(tokens, at - 1));
    if (CUES.has(word) || isAbleTo(tokens, at - 1)) hasCue = true;
    else if (!FILLERS.has(word)) break;
  }
  return { hasCue };
}

/** "our budget's 400". */
function withoutPossessive(word: string): string {
  return word.endsWith("'s") ? word.slice(0, -2) : word;
}

const DOING = wordSet('do swing go manage');
const ADVERBS = wordSet('probably prob maybe only easily realistically');
const ABLE = wordSet('can could to might');

/** "we can do 400", "could swing 350", "make it 430". */
function isAbleTo(tokens: Tokens, at: number): boolean {
  const word = wordAt(tokens, at);
  if (['it', 'that'].includes(word) && wordAt(tokens, at - 1) === 'make') return true;
  if (!DOING.has(word)) return false;
  const before = ADVERBS.has(wordAt(tokens, at - 1)) ? at - 1 : at;
  return continuesClause(tokens, before) && ABLE.has(wordAt(tokens, before - 1));
}

/** A comma or dash is bridged only right before the figure: "my budget, 400000". */
function isWithinReach(tokens: Tokens, at: number, start: number): boolean {
  const gap = tokens[at]?.gap;
  if (gap === GAP.none) return true;
  const word = wordAt(tokens, at - 1);
  return at === start && gap === GAP.clause && (CUES.has(word) || LABELS.has(word));
}

function turn(
  tokens: Tokens,
  meaning: 'ceiling' | 'floor' | 'over' | 'under',
  start: number,
  from: number,
): 'ceiling' | 'floor' {
  switch (meaning) {
    case 'over':
      return isDeniedBefore(tokens, start, from) ? 'ceiling' : 'floor';
    case 'under':
      return isDeniedBefore(tokens, start, from) ? 'floor' : 'ceiling';
    case 'ceiling':
    case 'floor':
      return meaning;
  }
}

function isDeniedBefore(tokens: Tokens, start: number, from: number): boolean {
  for (let at = start; at > from && at > start - REACH_WORDS; at -= 1) {
    if (!continuesClause(tokens, at)) return false;
    if (isNegator(tokens, at - 1)) return true;
    if (!LIGHT_WORDS.has(wordAt(tokens, at - 1))) return false;
  }
  return false;
}

interface After {
  readonly bound: 'ceiling' | 'floor';
  readonly end: number;
}

/** "400k max", "400k is my limit", "400k or less", "400k, tops". */
function readAfter(tokens: Tokens, end: number, mayYield: boolean): After | undefined {
  const isBridged = tokens[end]?.gap === GAP.clause;
  let at = end;
  while (isFillerAfter(tokens, at, end)) at += 1;
  const match =
    continuesClause(tokens, at) || isBridged ? phraseStartingAt(tokens, at, AFTER) : undefined;
  if (match === undefined || (mayYield && belongsToNext(tokens, match.end))) return undefined;
  // Behind a comma, only when nothing else follows: "400k, max 3 stories" bounds the stories.
  if (isBridged && continuesClause(tokens, match.end)) return undefined;
  return { bound: match.phrase.meaning, end: match.end };
}

/** A word to step over, unless a bound begins with it ("at most", "or less"). */
function isFillerAfter(tokens: Tokens, at: number, end: number): boolean {
  return (
    at < end + REACH_AFTER_WORDS &&
    continuesClause(tokens, at) &&
    FILLERS_AFTER.has(wordAt(tokens, at)) &&
    phraseStartingAt(tokens, at, AFTER) === undefined
  );
}

/** In "budget 300k max 500k" the word leads to the second figure; in "300k min 500k max" it does not. */
function belongsToNext(tokens: Tokens, at: number): boolean {
  if (!continuesClause(tokens, at)) return false;
  const next = readAmount(tokens, at);
  return next !== undefined && readAfter(tokens, next.end, false) === undefined;
}

function isFollowedByCue(tokens: Tokens, end: number): boolean {
  for (let at = end; at < end + REACH_AFTER_WORDS && continuesClause(tokens, at); at += 1) {
    if (CUES.has(wordAt(tokens, at))) return true;
    if (!FILLERS_AFTER.has(wordAt(tokens, at))) return false;
  }
  return false;
}
