import { GAP, type Tokens, wordSet } from '../text/tokenize.js';
import { followsDirectly, isLedBy, type Span } from './neighbours.js';

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

/** It stands instead of the figures before it. */
export function replacesEarlier(tokens: Tokens, { start, end }: Span): boolean {
  return followsDirectly(tokens, end, INSTEAD_AFTER) || isSaidBefore(tokens, start, INSTEAD_BEFORE);
}

/** It held once, and does not where another figure is named. */
export function heldOnce(tokens: Tokens, { start, end }: Span): boolean {
  return followsDirectly(tokens, end, ONCE_AFTER) || isSaidBefore(tokens, start, ONCE_BEFORE);
}

/** "budget is 350, maybe 375": of the same kind as the figure before. */
export function isAlternative(tokens: Tokens, { start }: Span): boolean {
  return tokens[start]?.gap !== GAP.sentence && isSaidBefore(tokens, start, ALTERNATIVES);
}

function isSaidBefore(tokens: Tokens, start: number, words: ReadonlySet<string>): boolean {
  return isLedBy(tokens, start, REACH_WORDS, { words, bridges: BRIDGES });
}
