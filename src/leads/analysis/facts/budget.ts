import { continuesClause, GAP, wordAt, type Tokens } from '../text/tokenize.js';
import { readBound, type BoundReading } from './budget-bounds.js';
import { readAmount, withScale, type Amount } from './money-amounts.js';
import { isPriceLike } from './price-context.js';

export interface Budget {
  readonly min: number | null;
  readonly max: number | null;
}

/** Contract, section 4: figures outside are rents, deposits or slips. */
const LOWEST_DOLLARS = 50_000;
const HIGHEST_DOLLARS = 5_000_000;
const UNKNOWN_BUDGET: Budget = { min: null, max: null };

interface Mention {
  readonly kind: 'exact' | 'ceiling' | 'floor' | 'range';
  readonly low: number;
  readonly high: number;
  readonly hasCue: boolean;
}

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
    const second = readSecondOfRange(tokens, amount);
    const reading = readBound(tokens, second ?? amount, readUpTo);
    const lead = second ? readBound(tokens, amount, readUpTo) : reading;
    const mention = second
      ? toRange(tokens, fitScales(amount, second), lead)
      : toMention(tokens, amount, reading);
    if (mention) mentions.push(mention);
    at = (second ?? amount).end;
    readUpTo = Math.max(at, reading.end);
  }
  return mentions;
}

function readSecondOfRange(tokens: Tokens, first: Amount): Amount | undefined {
  const joiner = wordAt(tokens, first.end);
  const joins =
    ['-', 'to', 'or', 'thru', 'through', 'till'].includes(joiner) ||
    (joiner === 'and' && isAfterBetween(tokens, first.start));
  if (!joins || !continuesClause(tokens, first.end) || !continuesClause(tokens, first.end + 1)) {
    return undefined;
  }
  const second = readAmount(tokens, first.end + 1);
  if (second === undefined) return undefined;
  const [low, high] = fitScales(first, second);
  const isMoney = isCounted(low.value) || isCounted(high.value);
  const isKept = isEvident(tokens, second, false) || isEvident(tokens, first, false);
  return isMoney && low.value <= high.value && (isKept || isPlainPair(low, high))
    ? second
    : undefined;
}

function isAfterBetween(tokens: Tokens, start: number): boolean {
  return [1, 2, 3].some((back) => wordAt(tokens, start - back) === 'between');
}

function isPlainPair(low: Amount, high: Amount): boolean {
  return isCounted(low.value) && isCounted(high.value);
}

/** The unit of one end serves both: "450-500k", "$800-1.2M", "300k to 400". */
function fitScales(first: Amount, second: Amount): readonly [Amount, Amount] {
  const isSmall = (amount: Amount): boolean => amount.scale === 1 && amount.value < 1_000;
  if (isSmall(first) && second.scale > 1) {
    const carried = withScale(first, second.scale);
    return [carried.value <= second.value ? carried : withScale(first, 1_000), second];
  }
  if (isSmall(second) && first.scale > 1) return [first, withScale(second, first.scale)];
  return [first, second];
}

function toRange(
  tokens: Tokens,
  [first, second]: readonly [Amount, Amount],
  lead: BoundReading,
): Mention | undefined {
  if (!isPriceLike(tokens, { ...second, start: first.start })) return undefined;
  if (lead.bound === 'denied') return undefined;
  // A chain such as 214-555-1234 is a telephone number.
  if (wordAt(tokens, second.end) === '-' || wordAt(tokens, first.start - 1) === '-')
    return undefined;
  const [low, high] = [isCounted(first.value), isCounted(second.value)];
  const kind = low && high ? 'range' : high ? 'ceiling' : 'floor';
  const isPlain =
    first.scale === 1 && second.scale === 1 && !first.hasCurrency && !second.hasCurrency;
  if (isPlain && !lead.hasCue && !isEvident(tokens, second, false)) return undefined;
  return { kind, low: first.value, high: second.value, hasCue: lead.hasCue };
}

function toMention(tokens: Tokens, amount: Amount, reading: BoundReading): Mention | undefined {
  const { bound, hasCue } = reading;
  if (bound === 'denied' || !isCounted(amount.value)) return undefined;
  if (!isPriceLike(tokens, amount) || !isEvident(tokens, amount, hasCue)) return undefined;
  return { kind: bound, low: amount.value, high: amount.value, hasCue };
}

function isCounted(dollars: number): boolean {
  return dollars >= LOWEST_DOLLARS && dollars <= HIGHEST_DOLLARS;
}

const CUES_IN_SENTENCE = new Set(
  'budget price priced spend spending afford max maximum dollars'.split(' '),
);
const CUES_ADJACENT = new Set('around about for at approximately approx roughly'.split(' '));
const CUE_REACH_WORDS = 6;

/**
 * Whether the figure says by itself that it is money. A plain number needs a money word beside it,
 * a zip code's length needs the word to lead straight to it.
 */
function isEvident(tokens: Tokens, amount: Amount, hasCue: boolean): boolean {
  if (amount.hasCurrency || hasCue) return true;
  if (amount.scale > 1) return !amount.isIdiomatic;
  if (amount.value < 100_000)
    return CUES_ADJACENT.has(wordAt(tokens, amount.start - 1)) && isRound(amount);
  if (amount.isGrouped) return true;
  return isRound(amount) && hasCueNearby(tokens, amount);
}

function isRound(amount: Amount): boolean {
  return amount.value % 1_000 === 0;
}

function hasCueNearby(tokens: Tokens, { start, end }: Amount): boolean {
  if (continuesClause(tokens, start) && CUES_ADJACENT.has(wordAt(tokens, start - 1))) return true;
  for (let step = 1; step <= CUE_REACH_WORDS; step += 1) {
    const [before, after] = [start - step, end + step - 1];
    if (CUES_IN_SENTENCE.has(wordAt(tokens, before)) && isSameSentence(tokens, before, start))
      return true;
    if (CUES_IN_SENTENCE.has(wordAt(tokens, after)) && isSameSentence(tokens, end - 1, after))
      return true;
  }
  return false;
}

function isSameSentence(tokens: Tokens, from: number, to: number): boolean {
  return tokens.slice(from + 1, to + 1).every((token) => token.gap !== GAP.sentence);
}

/** Figures with a money word win over those without; a range over bounds, bounds over a lone figure. */
function combine(all: readonly Mention[]): Budget {
  const cued = all.filter((mention) => mention.hasCue);
  const mentions = cued.length > 0 ? cued : all;
  const find = (kind: Mention['kind']): Mention | undefined =>
    mentions.find((mention) => mention.kind === kind);
  const [range, ceiling, floor, exact] = [
    find('range'),
    find('ceiling'),
    find('floor'),
    find('exact'),
  ];
  if (!range && !ceiling && !floor)
    return exact ? { min: exact.low, max: exact.high } : UNKNOWN_BUDGET;
  const max =
    ceiling?.high ?? range?.high ?? (floor && exact && exact.high >= floor.low ? exact.high : null);
  const min = floor?.low ?? range?.low ?? (ceiling && exact ? exact.low : null);
  return { min: min !== null && max !== null && min > max ? null : min, max };
}
