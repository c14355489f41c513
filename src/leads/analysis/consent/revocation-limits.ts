import { isNegatedBefore } from '../text/negation.js';
import { continuesClause, wordAt, type Tokens } from '../text/tokenize.js';

/** What makes a refusal a wish about when, where or what: the lead may still be written to. */

const set = (list: string): ReadonlySet<string> => new Set(list.split(' '));

const REPEATERS = set('again anymore ever please pls any more back');
const CONDITIONS = set(
  'before after until till while when during today tonight tomorrow between unless if right now late early in with over under above below at on about',
);
/** "at all", "on this number", "about this" limit nothing. */
const TOTALS = set('all this any anything it that');
/** "Don't call me Ana." */
const AFTER_CALL_ME = set('or and i at on about again anymore please ok');
const OTHER_CHANNELS = set('text texts texting txt message email');

/** `after` is the index behind "me"; `verb` the word that was refused. */
export function isLeftUnconditional(tokens: Tokens, after: number, verb: string): boolean {
  let at = after;
  while (REPEATERS.has(wordAt(tokens, at)) && continuesClause(tokens, at)) at += 1;
  if (!continuesClause(tokens, at)) return true;
  const word = wordAt(tokens, at);
  if (CONDITIONS.has(word) && !TOTALS.has(wordAt(tokens, at + 1))) return false;
  return verb !== 'call' || at > after || AFTER_CALL_ME.has(word);
}

/** "don't call, just text me". */
export function offersAnotherChannel(tokens: Tokens, refused: number): boolean {
  return tokens.some(
    ({ text }, at) =>
      OTHER_CHANNELS.has(text) && Math.abs(at - refused) > 1 && !isNegatedBefore(tokens, at),
  );
}
