import { continuesClause, GAP, type Tokens, wordAt, wordSet } from '../text/tokenize.js';
import { readBound, type Bound, type BoundReading } from './budget-bounds.js';
import { type Amount, readAmount, withScale } from '../text/amounts.js';
import { standsAt } from '../text/phrases.js';

export interface Budget {
  readonly min: number | null;
  readonly max: number | null;
}

interface Mention {
  readonly kind: Exclude<Bound, 'denied'> | 'range';
  readonly low: number;
  readonly high: number;
  readonly hasCue: boolean;
}

/** What the message says a home may cost; both ends null when it does not say. */
export function extractBudget(tokens: Tokens): Budget {
  return combine(listMentions(tokens));
}

function listMentions(tokens: Tokens): readonly Mention[] {
  const mentions: Mention[] = [];
  let readUpTo = 0;
  for (let at = 0; at < tokens.length;) {
    const amount = readAmount(tokens, at);
    if (amount === undefined) {
      at += 1;
      continue;
    }
    const rangeEnd = readRangeEnd(tokens, amount);
    const reading = readBound(tokens, amount, readUpTo);
    const mention = rangeEnd
      ? toRangeMention(tokens, amount, rangeEnd, reading)
      : toMention(tokens, amount, reading);
    if (mention) mentions.push(mention);
    at = (rangeEnd ?? amount).end;
    readUpTo = rangeEnd ? at : Math.max(at, reading.end);
  }
  return mentions;
}

function toRangeMention(
  tokens: Tokens,
  first: Amount,
  last: Amount,
  { bound, hasCue }: BoundReading,
): Mention | undefined {
  const range = bound === 'denied' ? undefined : toRange(tokens, first, last, hasCue);
  if (range === undefined) return undefined;
  const [hasLow, hasHigh] = [isCounted(range.low), isCounted(range.high)];
  if (hasLow && hasHigh) return { kind: 'range', ...range, hasCue };
  return { kind: hasHigh ? 'ceiling' : 'floor', ...range, hasCue };
}

function toMention(
  tokens: Tokens,
  amount: Amount,
  { bound, hasCue }: BoundReading,
): Mention | undefined {
  const dollars = Math.round(amount.value);
  if (bound === 'denied' || !isCounted(dollars)) return undefined;
  if (!isPriceLike(tokens, amount) || !isEvident(tokens, amount, hasCue)) return undefined;
  return { kind: bound, low: dollars, high: dollars, hasCue };
}

/** Figures with a money word win over those without; bounds shape a range, both beat a lone figure. */
function combine(all: readonly Mention[]): Budget {
  const cued = all.filter((mention) => mention.hasCue);
  const mentions = cued.length > 0 ? cued : all;
  const [range, ceiling, floor, exact] = (['range', 'ceiling', 'floor', 'exact'] as const).map(
    (kind) => mentions.find((mention) => mention.kind === kind),
  );
  const max = (ceiling ?? range)?.high ?? upperFigure(exact, floor);
  const min = (floor ?? range ?? exact)?.low ?? null;
  return { min: isAbove(min, max) ? null : min, max };
}

/** "Pre-approved for 600k but under 500k": the ceiling stands, the figure above it is no minimum. */
function isAbove(min: number | null, max: number | null): boolean {
  return min !== null && max !== null && min > max;
}

/** A lone figure below the floor ("at least 300k; I saw one for 250k") is no maximum. */
function upperFigure(exact: Mention | undefined, floor: Mention | undefined): number | null {
  return exact && exact.high >= (floor?.low ?? 0) ? exact.high : null;
}

/** Two figures that are the ends of one budget: "450-500k", "between 300 and 400 thousand". */
export interface Range {
  readonly low: number;
  readonly high: number;
}

const JOINERS = new Set(['-', 'to', 'or', 'thru', 'through', 'till']);
const REACH_TO_BETWEEN = 3;
const THOUSAND = 1_000;

/** The second figure, when the one behind `first` is joined to it and makes a sum of money of both. */
function readRangeEnd(tokens: Tokens, first: Amount): Amount | undefined {
  const at = indexBehindJoiner(tokens, first);
  const last = at === undefined ? undefined : readAmount(tokens, at);
  if (last === undefined) return undefined;
  const [from, to] = fitScales(first, last);
  const [hasFrom, hasTo] = [isCounted(from.value), isCounted(to.value)];
  if (from.value <= to.value) return hasFrom || hasTo ? last : undefined;
  // "450k to 400k"; the second figure of "450k - 60 days" borrows its unit and is no sum.
  return hasFrom && hasTo && !isUnscaled(last) ? last : undefined;
}

/** `hasCue`: a money word leads to the range. */
function toRange(tokens: Tokens, first: Amount, last: Amount, hasCue: boolean): Range | undefined {
  if (isTelephoneNumber(tokens, first, last)) return undefined;
  if (!isPriceLike(tokens, { ...last, start: first.start })) return undefined;
  const isMoney = [first, last].some((amount) => isEvident(tokens, amount, hasCue));
  const [from, to] = fitScales(first, last).map(({ value }) => Math.round(value));
  if (!isMoney || from === undefined || to === undefined) return undefined;
  return { low: Math.min(from, to), high: Math.max(from, to) };
}

/** Where the second figure would begin: "300k TO 400k", "300k UP TO 400k". */
function indexBehindJoiner(tokens: Tokens, { start, end }: Amount): number | undefined {
  if (!continuesClause(tokens, end)) return undefined;
  const joiner = wordAt(tokens, end);
  const isJoiner = JOINERS.has(joiner) || (joiner === 'and' && isAfterBetween(tokens, start));
  const length = standsAt(tokens, end, ['up', 'to']) ? 2 : Number(isJoiner);
  return length > 0 && continuesClause(tokens, end + length) ? end + length : undefined;
}

function isAfterBetween(tokens: Tokens, start: number): boolean {
  for (let at = start; at > start - REACH_TO_BETWEEN && continuesClause(tokens, at); at -= 1) {
    if (wordAt(tokens, at - 1) === 'between') return true;
  }
  return false;
}

/** A chain such as 214-555-1234. */
function isTelephoneNumber(tokens: Tokens, first: Amount, last: Amount): boolean {
  return wordAt(tokens, last.end) === '-' || wordAt(tokens, first.start - 1) === '-';
}

/** The unit of one end serves both: "450-500k", "$800-1.2M", "300k to 400", "3-400k". */
function fitScales(first: Amount, last: Amount): readonly [Amount, Amount] {
  if (isUnscaled(first) && last.scale > 1) return [fitFirst(first, last), last];
  if (isUnscaled(last) && first.scale > 1) return [first, withScale(last, first.scale)];
  return [first, last];
}

function isUnscaled({ scale, value }: Amount): boolean {
  return scale === 1 && value < THOUSAND;
}

function fitFirst(first: Amount, last: Amount): Amount {
  const speaksOfHundreds = last.scale === THOUSAND && last.value >= 100 * THOUSAND;
  if (speaksOfHundreds && first.value < 10) return withScale(first, 100 * THOUSAND);
  return withScale(first, first.value * last.scale <= last.value ? last.scale : THOUSAND);
}

/** Whether a figure is money at all: by its own signs, or by the words beside it. */

/** Contract, section 4: figures outside are rents, deposits or slips. */
const LOWEST_DOLLARS = 50_000;
const HIGHEST_DOLLARS = 5_000_000;
/** Below, a plain figure has the five digits of a zip code or a house number. */
const SIX_DIGITS = 100_000;
const CUES_IN_SENTENCE = wordSet('budget price priced spend spending afford max maximum dollars');
const CUES_ADJACENT = wordSet('around about for at approximately approx roughly');
const CUE_REACH_WORDS = 6;

function isCounted(dollars: number): boolean {
  return dollars >= LOWEST_DOLLARS && dollars <= HIGHEST_DOLLARS;
}

/** `hasCue`: a money word leads straight to the figure, which is evidence for any. */
function isEvident(tokens: Tokens, amount: Amount, hasCue: boolean): boolean {
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
  return hasCueBefore(tokens, start) || hasCueAfter(tokens, end);
}

function hasCueBefore(tokens: Tokens, start: number): boolean {
  for (let at = start; at > start - CUE_REACH_WORDS && isInSentence(tokens, at); at -= 1) {
    if (CUES_IN_SENTENCE.has(wordAt(tokens, at - 1))) return true;
  }
  return false;
}

function hasCueAfter(tokens: Tokens, end: number): boolean {
  for (let at = end; at < end + CUE_REACH_WORDS && isInSentence(tokens, at); at += 1) {
    if (CUES_IN_SENTENCE.has(wordAt(tokens, at))) return true;
  }
  return false;
}

function isInSentence(tokens: Tokens, at: number): boolean {
  const gap = tokens[at]?.gap;
  return at > 0 && gap !== undefined && gap < GAP.sentence;
}

/** Tells a price from the many other figures of a message: areas, streets, codes, incomes, savings. */

const COUNTED_THINGS = wordSet(
  'sq sqft sf square feet foot ft acre acres sqm meters metres miles mile mi km people residents users views ' +
    'followers subscribers population employees times questions reasons things thanks steps points percent % ' +
    'mortgages customers homes houses units',
);
const HOMES = wordSet('homes houses units');
const STREETS = wordSet(
  'st street rd road ave avenue dr drive ln lane blvd boulevard ct court pkwy parkway cir circle hwy highway trail',
);
const IDENTIFIERS = wordSet(
  '# zip zipcode mls ref reference order id unit apt suite code account phone cell number no',
);
const INCOME_BEFORE = wordSet('income salary earn earning earns make making makes');
const SAVINGS_BEFORE = wordSet('deposit owe owed saved savings equity payment');
const NOT_PRICE_AFTER = wordSet('salary income saved deposit annually yearly equity');
const FILLERS = wordSet(
  'about around of is was a an the at over roughly approximately approx nearly almost to my our',
);
const PERIODS = wordSet('year yr month mo week hour annum');
const SALE_REACH_WORDS = 7;
const SALES = wordSet('sell selling sold');
const PURCHASES = wordSet('buy buying purchase budget spend looking');

function isPriceLike(tokens: Tokens, amount: Amount): boolean {
  return (
    !isCountOfThings(tokens, amount) &&
    !isIdentifier(tokens, amount) &&
    !isPersonalFinance(tokens, amount) &&
    !isSale(tokens, amount.start)
  );
}

/** "$450k homes" and "450k homes" tell the price of each, "45,000 homes" how many. */
function isCountOfThings(tokens: Tokens, { end, hasCurrency, scale }: Amount): boolean {
  if (!continuesClause(tokens, end) || hasCurrency) return false;
  if (scale > 1 && HOMES.has(wordAt(tokens, end))) return false;
  return COUNTED_THINGS.has(wordAt(tokens, end)) || isOrdinal(tokens, end);
}

function isOrdinal(tokens: Tokens, end: number): boolean {
  return tokens[end]?.isGlued === true && ['st', 'nd', 'rd', 'th'].includes(wordAt(tokens, end));
}

/** Only plain figures are house numbers, zip codes or references; "$450k" never is. */
function isIdentifier(tokens: Tokens, amount: Amount): boolean {
  if (amount.hasCurrency || amount.scale > 1) return false;
  const isNumbered = [amount.start - 1, amount.start - 2].some(
    (at) => continuesClause(tokens, at + 1) && IDENTIFIERS.has(wordAt(tokens, at)),
  );
  if (isNumbered) return true;
  return [1, 2, 3].some((offset) => {
    const at = amount.end + offset;
    return continuesClause(tokens, at) && STREETS.has(wordAt(tokens, at));
  });
}

/** Income, savings and down payments say what a lead has, not what the house may cost. */
function isPersonalFinance(tokens: Tokens, { start, end }: Amount): boolean {
  let at = start;
  while (at > start - 4 && continuesClause(tokens, at) && FILLERS.has(wordAt(tokens, at - 1)))
    at -= 1;
  const before = continuesClause(tokens, at) ? wordAt(tokens, at - 1) : '';
  if (INCOME_BEFORE.has(before) || SAVINGS_BEFORE.has(before)) return true;
  if (!continuesClause(tokens, end)) return false;
  return isPersonalAfter(tokens, end);
}

function isPersonalAfter(tokens: Tokens, end: number): boolean {
  const word = wordAt(tokens, end);
  const next = wordAt(tokens, end + 1);
  if (NOT_PRICE_AFTER.has(word)) return true;
  if (word === 'down') return next !== 'to' && next !== 'from';
  if (word === 'in') return next === 'savings' || next === 'equity';
  return ['a', 'per', 'or', 'each'].includes(word) && PERIODS.has(next);
}

/** "selling ours for 350k": somebody else's budget. */
function isSale(tokens: Tokens, start: number): boolean {
  for (let at = start; at > start - SALE_REACH_WORDS && continuesClause(tokens, at); at -= 1) {
    if (PURCHASES.has(wordAt(tokens, at - 1))) return false;
    if (SALES.has(wordAt(tokens, at - 1))) return true;
  }
  return false;
}
