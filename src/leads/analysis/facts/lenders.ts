import type { Financing } from '../../lead-documents.js';
import { isNegatedBefore, isNegator } from '../text/phrases.js';
import { continuesClause, type Tokens, wordAt, wordSet } from '../text/tokenize.js';
import { ASK_REACH_WORDS, ASKS } from './financing-words.js';
import { followsDirectly, holdsAfter, holdsBefore, type Span } from './neighbours.js';

/** What a bank did not give, or was not asked for yet. */

/** An approval that failed, said before or behind it. */
const FAILED = wordSet(
  'denied declined rejected refused turned fell failed expired revoked lost lose pulled backed negaron nego negada negado rechazaron rechazo ' +
    'rechazado rechazada venció vencida vencido',
);
const FAILURE_REACH_WORDS = 5;

export function hasFailed(tokens: Tokens, { start, end }: Span): boolean {
  for (let at = start; at > start - FAILURE_REACH_WORDS && continuesClause(tokens, at); at -= 1) {
    if (isFailure(tokens, at - 1)) return true;
  }
  for (let at = end; at < end + FAILURE_REACH_WORDS && continuesClause(tokens, at); at += 1) {
    if (isFailure(tokens, at)) return true;
  }
  return false;
}

/** Of the many things that are turned or fall, only these fail: "turned down", "fell through". */
function isFailure(tokens: Tokens, at: number): boolean {
  const word = wordAt(tokens, at);
  if (!FAILED.has(word)) return false;
  if (word === 'turned') {
    return [at + 1, at + 2].some((next) => wordAt(tokens, next) === 'down');
  }
  return word !== 'fell' || ['through', 'thru'].includes(wordAt(tokens, at + 1));
}

const NOT_WANTED_AFTER = wordSet('needed involved required necessary fees fee');
/** "Lender: need one", "a lender you recommend". */
const SOUGHT_AFTER = wordSet(
  'need needed none recommend recommended suggest suggestion suggestions recommendation',
);
const SOUGHT_REACH_WORDS = 4;

/** Who has no bank yet, looks for one or was refused by one still needs the loan. */
export function readBank(tokens: Tokens, { start, end }: Span): Financing {
  if (followsDirectly(tokens, end, NOT_WANTED_AFTER)) return 'unknown';
  const isOpen =
    hasFailed(tokens, { start, end }) ||
    hasRefused(tokens, end) ||
    isUnvisited(tokens, start) ||
    isSought(tokens, start, end);
  return isOpen ? 'needs_financing' : 'unknown';
}

const VISITS = wordSet(
  'talk talked talking spoken spoke speak met meet been gone went contacted started begun applied looked shopped hablado ido hablo',
);

/** "haven't talked to a lender yet", "no he ido al banco". */
export function isUnvisited(tokens: Tokens, start: number): boolean {
  if (!isNegatedBefore(tokens, start)) return false;
  return holdsBefore(tokens, start, ASK_REACH_WORDS, VISITS);
}

const ASKS_FOR_BANK = new Set([
  ...ASKS,
  ...wordSet("who who's whos which recomienden recomiende recomiendan"),
]);

function isSought(tokens: Tokens, start: number, end: number): boolean {
  return (
    holdsBefore(tokens, start, ASK_REACH_WORDS, ASKS_FOR_BANK) ||
    holdsAfter(tokens, end, SOUGHT_REACH_WORDS, SOUGHT_AFTER)
  );
}

/** "bank said no", "my bank wouldn't", "lender fell thru", "el banco me dijo que no". */
function hasRefused(tokens: Tokens, end: number): boolean {
  for (let at = end; at < end + FAILURE_REACH_WORDS && continuesClause(tokens, at); at += 1) {
    const isNo = isNegator(tokens, at) && wordAt(tokens, at) !== 'not';
    if (isNo || isFailure(tokens, at)) return true;
  }
  return false;
}
