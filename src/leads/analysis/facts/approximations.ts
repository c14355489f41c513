import type { Amount } from '../text/amounts.js';
import { holdsBefore, isLedBy, leadsDirectly } from './neighbours.js';
import {
  continuesClause,
  continuesSentence,
  type Tokens,
  wordAt,
  wordSet,
} from '../text/tokenize.js';

/** "around 475" where a home is spoken of: a price, said without any word of money. */

const ABOUT_BEFORE = wordSet(
  'around about roughly approximately approx like como unos alrededor rondando los ronda',
);
const BRIDGES = wordSet('the de a at of maybe in');
/** Before a figure that closes its clause: "something decent for 280". */
const ABOUT_AT_END = wordSet('for at thinking hoping aiming por en');
const BEHIND_PRICE = wordSet('in with w please pls or en con');
const ABOUT_AFTER = wordSet('ish');
const HOMES = wordSet(
  'house houses home homes place condo townhouse townhome something anything property listings bed beds bedroom bedrooms br bd ' +
    'looking thinking find buy buying search searching spend casa casas algo busco buscamos buscando recamaras cuartos comprar hogar',
);
const OTHER_MEASURES = wordSet(
  'call text meet pm am today tonight tomorrow sq sqft square feet ft acre acres lot hwy highway people rent rental month hoa fee fees taxes llamar llame',
);
const BEHIND_PLACES = wordSet('and corridor exit or y');
const BRIDGE_WORDS = 3;
const SENTENCE_REACH_WORDS = 12;
/** A clock's minutes, which "430" has and "450" does not. */
const MINUTES = new Set([15, 30, 45]);

export function isApproximatePrice(tokens: Tokens, amount: Amount): boolean {
  const { value, start, end } = amount;
  if (!isBareHundreds(amount) || BEHIND_PLACES.has(wordAt(tokens, end))) return false;
  if (isSpoken(tokens, amount) || isApprovedFor(tokens, amount)) return true;
  return isAbout(tokens, amount) && isOfHome(tokens, start, end, MINUTES.has(value % 100));
}

/** "three fifty", and nothing else in its clause. */
function isSpoken(tokens: Tokens, { start, end, value }: Amount): boolean {
  const isAlone = !continuesClause(tokens, start) && !continuesClause(tokens, end);
  return isAlone && tokens[start]?.kind === 'word' && !isOnTheClock(value % 100);
}

const APPROVALS = wordSet(
  'approved preapproved prequalified qualified preapproval aprobado aprobada aprobaron preaprobado preaprobada precalificado',
);
const FOR = wordSet('for at por de');
const APPROVAL_REACH_WORDS = 7;

/** "approved with my bank for 325". */
function isApprovedFor(tokens: Tokens, { start }: Amount): boolean {
  return (
    leadsDirectly(tokens, start, FOR) && holdsBefore(tokens, start, APPROVAL_REACH_WORDS, APPROVALS)
  );
}

/** "375-425, Plano", "looking for 350 to 400": two such figures, the second the higher. */
export function isBareRange(tokens: Tokens, first: Amount, last: Amount): boolean {
  const areBare = [first, last].every(isBareHundreds) && first.value < last.value;
  if (!areBare || BEHIND_PLACES.has(wordAt(tokens, last.end))) return false;
  const isAlone = !continuesClause(tokens, first.start) && !continuesClause(tokens, last.end);
  const areTimes = [first, last].every(({ value }) => isOnTheClock(value % 100));
  return (isAlone && !areTimes) || isOfHome(tokens, first.start, last.end, true);
}

const isOnTheClock = (minutes: number): boolean => minutes === 0 || MINUTES.has(minutes);

/** People round so; highways and house numbers are seldom such. */
function isBareHundreds({ value, scale, hasCurrency }: Amount): boolean {
  const isRound = value % 10 === 0 || value % 25 === 0;
  return scale === 1 && !hasCurrency && isRound && value >= 100 && value < 1_000;
}

function isAbout(tokens: Tokens, { start, end }: Amount): boolean {
  if (ABOUT_AFTER.has(wordAt(tokens, end)) || isGiveOrTake(tokens, end)) return true;
  const closes = !continuesClause(tokens, end) || BEHIND_PRICE.has(wordAt(tokens, end));
  if (closes && leadsDirectly(tokens, start, ABOUT_AT_END)) return true;
  return isLedBy(tokens, start, BRIDGE_WORDS, { words: ABOUT_BEFORE, bridges: BRIDGES });
}

function isGiveOrTake(tokens: Tokens, end: number): boolean {
  const words = [0, 1, 2].map((offset) => wordAt(tokens, end + offset)).join(' ');
  return words === 'give or take' || words === 'mas o menos' || words.startsWith('or so');
}

/** @param mayBeTime then nothing but a home in the sentence makes it a price */
function isOfHome(tokens: Tokens, start: number, end: number, mayBeTime: boolean): boolean {
  const words = sentenceAround(tokens, start, end);
  if (words.some((word) => OTHER_MEASURES.has(word))) return false;
  return words.some((word) => HOMES.has(word)) || (!mayBeTime && words.length <= 3);
}

function sentenceAround(tokens: Tokens, start: number, end: number): readonly string[] {
  let from = start;
  while (from > start - SENTENCE_REACH_WORDS && continuesSentence(tokens, from)) from -= 1;
  let to = end;
  while (to < end + SENTENCE_REACH_WORDS && continuesSentence(tokens, to)) to += 1;
  return [...tokens.slice(from, start), ...tokens.slice(end, to)].map(({ text }) => text);
}
