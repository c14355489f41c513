import { continuesClause, type Tokens, wordAt, wordSet } from '../text/tokenize.js';
import { type Amount, readAmount, withScale } from '../text/amounts.js';
import { standsAt } from '../text/phrases.js';
import { isCounted, isEvident } from './money.js';
import { holdsBefore } from './neighbours.js';
import { isPriceLike } from './price-like.js';

/** Two figures that are the ends of one budget: "450-500k", "between 300 and 400 thousand". */
export interface Range {
  readonly low: number;
  readonly high: number;
}

const JOINERS = new Set(['-', 'to', 'or', 'thru', 'through', 'till', 'a', 'o', 'hasta']);
const REACH_TO_BETWEEN = 3;
const THOUSAND = 1_000;

/** The second figure, where one is joined to the first. */
export function readJoined(tokens: Tokens, first: Amount): Amount | undefined {
  const at = indexBehindJoiner(tokens, first);
  return at === undefined ? undefined : readAmount(tokens, at);
}

/** Whether the two together are a sum of money. */
export function isRange(first: Amount, last: Amount): boolean {
  const [from, to] = fitScales(first, last);
  const [hasFrom, hasTo] = [isCounted(from.value), isCounted(to.value)];
  if (from.value <= to.value) return hasFrom || hasTo;
  // "450k to 400k"; the second figure of "450k - 60 days" borrows its unit and is no sum.
  return hasFrom && hasTo && !isUnscaled(last);
}

/** `hasCue`: a money word leads to the range. */
export function toRange(
  tokens: Tokens,
  first: Amount,
  last: Amount,
  hasCue: boolean,
): Range | undefined {
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
  const isAnd = joiner === 'and' || joiner === 'y';
  const isJoiner = JOINERS.has(joiner) || (isAnd && isAfterBetween(tokens, start));
  const length = standsAt(tokens, end, ['up', 'to']) ? 2 : Number(isJoiner);
  return length > 0 && continuesClause(tokens, end + length) ? end + length : undefined;
}

const BETWEEN = wordSet('between entre');

function isAfterBetween(tokens: Tokens, start: number): boolean {
  return holdsBefore(tokens, start, REACH_TO_BETWEEN, BETWEEN);
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
