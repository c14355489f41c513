import { continuesClause, GAP, type Tokens, wordAt, wordSet } from '../text/tokenize.js';

/** Which of several figures of a message still holds: "budget was 400 but now 450". */

const INSTEAD_BEFORE = wordSet(
  'now actually mean make rather instead sorry ahora mejor digo actualmente',
);
const INSTEAD_AFTER = wordSet('now instead ahora');
const BRIDGES = wordSet(
  "it that it's its at to up more like we're we are i'm be around about say a como de son es",
);
const ONCE_BEFORE = wordSet('was were used originally initially era antes tenia');
const ONCE_AFTER = wordSet('before originally initially antes');
const ALTERNATIVES = wordSet('maybe or possibly even perhaps o quiza quizas tal');
const REACH_WORDS = 4;

interface Span {
  readonly start: number;
  readonly end: number;
}

/** It stands instead of the figures before it. */
export function replacesEarlier(tokens: Tokens, { start, end }: Span): boolean {
  if (continuesClause(tokens, end) && INSTEAD_AFTER.has(wordAt(tokens, end))) return true;
  return isLedBy(tokens, start, INSTEAD_BEFORE);
}

/** It held once, and does not where another figure is named. */
export function heldOnce(tokens: Tokens, { start, end }: Span): boolean {
  if (continuesClause(tokens, end) && ONCE_AFTER.has(wordAt(tokens, end))) return true;
  return isLedBy(tokens, start, ONCE_BEFORE);
}

/** "budget is 350, maybe 375": of the same kind as the figure before. */
export function isAlternative(tokens: Tokens, { start }: Span): boolean {
  return tokens[start]?.gap !== GAP.sentence && isLedBy(tokens, start, ALTERNATIVES);
}

function isLedBy(tokens: Tokens, start: number, words: ReadonlySet<string>): boolean {
  for (let at = start; at > start - REACH_WORDS && continuesClause(tokens, at); at -= 1) {
    if (words.has(wordAt(tokens, at - 1))) return true;
    if (!BRIDGES.has(wordAt(tokens, at - 1))) return false;
  }
  return false;
}
