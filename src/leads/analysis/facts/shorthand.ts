import { type Amount, withScale } from '../text/amounts.js';
import { continuesClause, type Tokens, wordAt, wordSet } from '../text/tokenize.js';

/** Figures whose unit everybody knows where a budget is meant: "450 max", "1.3", "under 5", "low 400s". */

const THOUSAND = 1_000;
const HUNDRED_THOUSAND = 100 * THOUSAND;
const MILLION = THOUSAND * THOUSAND;
/** Decimals below are shares of a million that nobody writes so. */
const LEAST_DECIMAL = 0.1;
/** Behind a lone digit they leave no room for miles, bedrooms or people. */
const HARMLESS_AFTER = wordSet(
  'in please pls plz for if tops max or but would is lol though thx thanks total range now then with w en por para ideally',
);
/** Bounds that a lone digit stands behind. */
const BEFORE_DIGIT = wordSet('under over between below above sub entre max than');

/** @param isMeant a money word or bound stands beside the figure, or we have asked for it */
export function unfold(tokens: Tokens, amount: Amount, isMeant: boolean): Amount {
  const scale = isMeant ? scaleOf(tokens, amount) : 1;
  return scale === 1 ? amount : withScale(amount, scale);
}

function scaleOf(tokens: Tokens, amount: Amount): number {
  const { value, scale, hasCurrency, isGrouped } = amount;
  const isBare = scale === 1 && !hasCurrency && !isGrouped && !isInChain(tokens, amount);
  if (!isBare) return 1;
  if (!Number.isInteger(value)) return isDecimal(value) ? MILLION : 1;
  if (isHundreds(value)) return THOUSAND;
  return isDigit(amount) && isLoneDigit(tokens, amount) ? HUNDRED_THOUSAND : 1;
}

function isDecimal(value: number): boolean {
  return value >= LEAST_DECIMAL && value < 10;
}

function isHundreds(value: number): boolean {
  return value >= 100 && value < 1_000;
}

/** "between 3 and 4", "300-350": of two the second says what both are. */
export function unfoldPair(tokens: Tokens, first: Amount, last: Amount): readonly [Amount, Amount] {
  if (areLoneDigits(tokens, first, last)) {
    return [withScale(first, HUNDRED_THOUSAND), withScale(last, HUNDRED_THOUSAND)];
  }
  const unfolded = unfold(tokens, last, true);
  return [unfolded === last ? first : unfold(tokens, first, true), unfolded];
}

function areLoneDigits(tokens: Tokens, first: Amount, last: Amount): boolean {
  const isLed = ['between', 'entre'].includes(wordAt(tokens, first.start - 1));
  const isPlain =
    !continuesClause(tokens, last.end) || HARMLESS_AFTER.has(wordAt(tokens, last.end));
  return isLed && isPlain && [first, last].every(isDigit);
}

function isDigit({ value, scale, hasCurrency }: Amount): boolean {
  return scale === 1 && !hasCurrency && Number.isInteger(value) && value >= 2 && value <= 9;
}

/** "214 555 0199": a number of another kind. */
function isInChain(tokens: Tokens, { start, end }: Amount): boolean {
  return [start - 1, end].some(
    (at) => tokens[at]?.kind === 'number' && continuesClause(tokens, Math.max(at, start)),
  );
}

function isLoneDigit(tokens: Tokens, { start, end }: Amount): boolean {
  const leads = continuesClause(tokens, start) && BEFORE_DIGIT.has(wordAt(tokens, start - 1));
  return leads && (!continuesClause(tokens, end) || HARMLESS_AFTER.has(wordAt(tokens, end)));
}

/** "low 400s", "mid 5's", "low to mid 500s", "high 200s to low 300s". */
export interface Band {
  readonly low: number;
  readonly high: number;
  readonly start: number;
  readonly end: number;
}

type Third = 'low' | 'mid' | 'high';

const THIRDS: ReadonlyMap<string, Third> = new Map([
  ...['low', 'lower', 'lows', 'bajos'].map((word) => [word, 'low'] as const),
  ...['mid', 'middle', 'mids', 'medios'].map((word) => [word, 'mid'] as const),
  ...['high', 'higher', 'upper', 'highs', 'altos'].map((word) => [word, 'high'] as const),
]);
/** Of the hundred thousand that is named. */
const BOUNDS: Readonly<Record<Third, readonly [low: number, high: number]>> = {
  low: [0, 30_000],
  mid: [30_000, 70_000],
  high: [70_000, 99_000],
};
/** Where a band of two thirds ends in its middle one. */
const MIDDLE = 50_000;
const JOINERS = wordSet('to - and or a maybe possibly even into up');
const PLURALS = wordSet("s 's k ks k's hundreds");
const WHOLE = 99_000;

export function readBand(tokens: Tokens, start: number): Band | undefined {
  const own = readOneBand(tokens, start);
  if (own === undefined) return undefined;
  const next = readNextBand(tokens, own.end);
  return next === undefined || next.high < own.high
    ? own
    : { low: own.low, high: next.high, start, end: next.end };
}

function readOneBand(tokens: Tokens, start: number): Band | undefined {
  const first = THIRDS.get(wordAt(tokens, start));
  if (first === undefined) return readWholeBand(tokens, start);
  const joined = joinedThird(tokens, start + 1);
  const base = readHundreds(tokens, joined?.end ?? start + 1);
  return base && { ...bandOf(first, joined?.third, base.value), start, end: base.end };
}

/** "the 300s", "in the four hundreds". */
function readWholeBand(tokens: Tokens, start: number): Band | undefined {
  if (!['the', 'los'].includes(wordAt(tokens, start - 1))) return undefined;
  const base = readHundreds(tokens, start);
  const isWhole = base !== undefined && base.end > start + 1 && !isDigitBand(tokens, start);
  if (!isWhole) return undefined;
  return { low: base.value, high: base.value + WHOLE, start, end: base.end };
}

/** "the 3s" may be bedrooms, or years of age. */
function isDigitBand(tokens: Tokens, at: number): boolean {
  return (tokens[at]?.value ?? 100) < 10 || wordAt(tokens, at + 1).startsWith('k');
}

/** "high 200s to low 300s", "upper 300s, maybe low 400s". */
function readNextBand(tokens: Tokens, end: number): Band | undefined {
  let at = end;
  while (at < end + 2 && JOINERS.has(wordAt(tokens, at))) at += 1;
  return THIRDS.has(wordAt(tokens, at)) ? readOneBand(tokens, at) : undefined;
}

function joinedThird(
  tokens: Tokens,
  at: number,
): { readonly third: Third; readonly end: number } | undefined {
  const isJoined = JOINERS.has(wordAt(tokens, at));
  const third = THIRDS.get(wordAt(tokens, isJoined ? at + 1 : at));
  return third === undefined ? undefined : { third, end: isJoined ? at + 2 : at + 1 };
}

function bandOf(first: Third, last: Third | undefined, base: number) {
  const [low, high] = BOUNDS[first];
  if (last === undefined || last === first) return { low: base + low, high: base + high };
  const from = first === 'mid' ? MIDDLE : low;
  return { low: base + from, high: base + (last === 'mid' ? MIDDLE : BOUNDS[last][1]) };
}

const SPELT_DIGITS = 'two three four five six seven eight nine'.split(' ');

interface Hundreds {
  /** Dollars. */
  readonly value: number;
  readonly end: number;
}

/** "400s", "400 's", "5's", "400k", "four hundreds", "fives". */
function readHundreds(tokens: Tokens, at: number): Hundreds | undefined {
  return readSpeltHundreds(tokens, at) ?? readFiguredHundreds(tokens, at);
}

function readFiguredHundreds(tokens: Tokens, at: number): Hundreds | undefined {
  const value = tokens[at]?.value ?? Number.NaN;
  const hundreds = value < 10 ? value : value / 100;
  if (!Number.isInteger(hundreds) || hundreds < 1 || hundreds > 9) return undefined;
  const isPlural = PLURALS.has(wordAt(tokens, at + 1));
  if (!isPlural && value < 100) return undefined;
  return { value: hundreds * HUNDRED_THOUSAND, end: isPlural ? at + 2 : at + 1 };
}

function readSpeltHundreds(tokens: Tokens, at: number): Hundreds | undefined {
  const word = wordAt(tokens, at);
  const singular = word === 'sixes' ? 'six' : word.replace(/s$/, '');
  const digit = SPELT_DIGITS.indexOf(singular) + 2;
  const isPlural = word !== singular;
  const hasPlural = PLURALS.has(wordAt(tokens, at + 1));
  if (digit < 2 || !(isPlural || hasPlural)) return undefined;
  return { value: digit * HUNDRED_THOUSAND, end: isPlural ? at + 1 : at + 2 };
}
