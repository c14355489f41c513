import type { Tokens } from '../text/tokenize.js';
import { readBound, type Bound, type BoundReading } from './budget-bounds.js';
import { readAmount, type Amount } from './money-amounts.js';
import { isCounted, isEvident } from './money-evidence.js';
import { readRangeEnd, toRange } from './money-ranges.js';
import { isPriceLike } from './price-context.js';

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
