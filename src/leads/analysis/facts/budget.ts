import type { Tokens } from '../text/tokenize.js';
import type { FactsReading } from './facts-reading.js';
import { type Amount, readAmount } from '../text/amounts.js';
import { readBound, type Bound, type BoundReading } from './budget-bounds.js';
import { isApproximatePrice, isBareRange } from './approximations.js';
import { heldOnce, isAlternative, replacesEarlier } from './corrections.js';
import { isRange, readJoined, toRange } from './budget-range.js';
import { isCounted, isEvident } from './money.js';
import { isPriceLike } from './price-like.js';
import { readBand, unfold, unfoldPair } from './shorthand.js';

export interface Budget {
  readonly min: number | null;
  readonly max: number | null;
}

interface Mention {
  readonly kind: Exclude<Bound, 'denied'> | 'range';
  readonly low: number;
  readonly high: number;
  readonly hasCue: boolean;
  /** It stands instead of those before it. */
  readonly replaces?: boolean;
  /** It no longer holds where another figure is named. */
  readonly heldOnce?: boolean;
}

/** What the message says a home may cost; both ends null when it does not say. */
export function extractBudget(tokens: Tokens, { lastQuestion }: FactsReading): Budget {
  return combine(listMentions(tokens, lastQuestion === 'budget'));
}

/** @param isAnswer to our question for a budget: then a bare figure is one */
function listMentions(tokens: Tokens, isAnswer: boolean): readonly Mention[] {
  const mentions: Mention[] = [];
  let readUpTo = 0;
  for (let at = 0; at < tokens.length;) {
    const read =
      readBandMention(tokens, at) ??
      readMention(tokens, at, { from: readUpTo, isAnswer, hasEarlier: mentions.length > 0 });
    if (read?.mention) mentions.push({ ...read.mention, ...standingOf(tokens, at, read) });
    readUpTo = read?.readUpTo ?? readUpTo;
    at = read?.end ?? at + 1;
  }
  return mentions;
}

function standingOf(
  tokens: Tokens,
  start: number,
  { end }: MentionStep,
): Pick<Mention, 'replaces' | 'heldOnce'> {
  const span = { start, end };
  return { replaces: replacesEarlier(tokens, span), heldOnce: heldOnce(tokens, span) };
}

interface MentionStep {
  readonly mention: Mention | undefined;
  readonly end: number;
  /** Behind the last word that was read for it. */
  readonly readUpTo: number;
}

function readBandMention(tokens: Tokens, at: number): MentionStep | undefined {
  const band = readBand(tokens, at);
  if (band === undefined) return undefined;
  const { low, high, end } = band;
  return { mention: { kind: 'range', low, high, hasCue: true }, end, readUpTo: end };
}

interface Place {
  /** Behind the words of the figure before. */
  readonly from: number;
  readonly isAnswer: boolean;
  readonly hasEarlier: boolean;
}

function readMention(tokens: Tokens, at: number, place: Place): MentionStep | undefined {
  const first = readAmount(tokens, at);
  if (first === undefined) return undefined;
  const range = readRangeMention(tokens, first, place);
  if (range !== undefined) return range;
  const reading = readBound(tokens, first, place.from);
  const hasCue = reading.hasCue || isMeantAnyway(tokens, first, place);
  const amount = unfold(tokens, first, hasCue);
  const mention = toMention(tokens, amount, { ...reading, hasCue });
  return { mention, end: amount.end, readUpTo: Math.max(amount.end, reading.end) };
}

/** A price without a word of money beside it. */
function isMeantAnyway(tokens: Tokens, amount: Amount, { isAnswer, hasEarlier }: Place): boolean {
  const isUnscaled = hasEarlier && amount.scale === 1;
  const isLikeEarlier =
    isUnscaled && (isAlternative(tokens, amount) || replacesEarlier(tokens, amount));
  return isAnswer || isLikeEarlier || isApproximatePrice(tokens, amount);
}

function readRangeMention(
  tokens: Tokens,
  first: Amount,
  { from, isAnswer }: Place,
): MentionStep | undefined {
  const joined = readJoined(tokens, first);
  if (joined === undefined) return undefined;
  const reading = readBound(tokens, { start: first.start, end: joined.end }, from);
  const hasCue = reading.hasCue || isAnswer || isBareRange(tokens, first, joined);
  const [low, last] = hasCue ? unfoldPair(tokens, first, joined) : [first, joined];
  if (!isRange(low, last)) return undefined;
  const mention = toRangeMention(tokens, low, last, { ...reading, hasCue });
  return { mention, end: last.end, readUpTo: last.end };
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
  const standing = withoutReplaced(all);
  const cued = standing.filter((mention) => mention.hasCue);
  const mentions = cued.length > 0 ? cued : standing;
  const [range, ceiling, floor, exact] = (['range', 'ceiling', 'floor', 'exact'] as const).map(
    (kind) => mentions.find((mention) => mention.kind === kind),
  );
  const max = (ceiling ?? range)?.high ?? upperFigure(exact, floor);
  const min = (floor ?? range ?? exact)?.low ?? null;
  return { min: isAbove(min, max) ? null : min, max };
}

function withoutReplaced(all: readonly Mention[]): readonly Mention[] {
  const last = all.findLastIndex(({ replaces }) => replaces);
  const latest = last > 0 ? all.slice(last) : all;
  const holding = latest.filter((mention) => mention.heldOnce !== true);
  return holding.length > 0 ? holding : latest;
}

/** "Pre-approved for 600k but under 500k": the ceiling stands, the figure above it is no minimum. */
function isAbove(min: number | null, max: number | null): boolean {
  return min !== null && max !== null && min > max;
}

/** A lone figure below the floor ("at least 300k; I saw one for 250k") is no maximum. */
function upperFigure(exact: Mention | undefined, floor: Mention | undefined): number | null {
  return exact && exact.high >= (floor?.low ?? 0) ? exact.high : null;
}
