import type { Financing } from '../../lead-documents.js';
import { isNegated, isNegatedBefore, standsAt } from '../text/phrases.js';
import { type Tokens, wordAt, wordSet } from '../text/tokenize.js';
import {
  followsDirectly,
  holdsAfter,
  holdsBefore,
  leadsDirectly,
  type Span,
} from './neighbours.js';

/** Whether cash is this lead's way to pay for the home. */

/** "cash back at closing" and "20k cash down" are no cash purchase. */
const NOT_CASH_AFTER = wordSet('back flow flowing out advance app register down poor');
const SHORTAGES = wordSet('short low out tight');

export function readCash(tokens: Tokens, { start, end }: Span): Financing {
  const isForClosing = standsAt(tokens, end, ['to', 'close']);
  if (isForClosing || followsDirectly(tokens, end, NOT_CASH_AFTER)) return 'unknown';
  if (isSomebodyElses(tokens, start, end) || isMereAmount(tokens, start, end)) return 'unknown';
  const isShort =
    SHORTAGES.has(wordAt(tokens, start - 2)) && ['on', 'of'].includes(wordAt(tokens, start - 1));
  return isShort || isNegated(tokens, start, end) ? 'needs_financing' : 'cash';
}

const AMOUNTS = wordSet('much extra more enough');
const SMALLER_THINGS = wordSet(
  'down repairs closing renovations furniture deposit costs upgrades enganche',
);
const CASH_REACH_WORDS = 5;

/** "how much cash do we need", "cash for the down payment": money at hand, and no purchase by it. */
function isMereAmount(tokens: Tokens, start: number, end: number): boolean {
  const isDenied = isNegatedBefore(tokens, start);
  if (!isDenied && leadsDirectly(tokens, start, AMOUNTS)) return true;
  const isForSomething = ['for', 'para'].includes(wordAt(tokens, end));
  return isForSomething && holdsAfter(tokens, end + 1, CASH_REACH_WORDS, SMALLER_THINGS);
}

/** "do sellers prefer cash offers?", "we keep losing to cash buyers": not this lead's money. */
const OTHER_PEOPLE = wordSet(
  'seller sellers they others other people someone somebody investors competing against beat beaten outbid lost losing lose ' +
    'prefer prefers do does most vendedor vendedores otros otro',
);
const BEATEN = wordSet(
  'beat beats beating beaten lost losing outbid outbidding win wins winning us',
);
const THEIR_NOUNS = wordSet('offer offers buyer buyers investor investors');
const OTHERS_REACH_WORDS = 5;

const BY = wordSet('by to por');

/** Who takes no loan is a seller: "seller wants cash", "is it cash only?". */
const SELLERS = wordSet('seller sellers owner owners vendedor dueño');
const THINGS_SOLD = wordSet('it this that listing property');

function isSomebodyElses(tokens: Tokens, start: number, end: number): boolean {
  if (holdsBefore(tokens, start, OTHERS_REACH_WORDS, SELLERS)) return true;
  if (leadsDirectly(tokens, start, BY) && holdsBefore(tokens, start, 3, BEATEN)) return true;
  if (wordAt(tokens, end) === 'only' && leadsDirectly(tokens, start, THINGS_SOLD)) return true;
  if (!followsDirectly(tokens, end, THEIR_NOUNS)) return false;
  return (
    holdsBefore(tokens, start, OTHERS_REACH_WORDS, OTHER_PEOPLE) ||
    holdsAfter(tokens, end, OTHERS_REACH_WORDS, BEATEN)
  );
}
