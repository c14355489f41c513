import { readQuantity, type Quantity } from '../text/quantities.js';
import { continuesClause, wordAt, type Tokens } from '../text/tokenize.js';

/** A figure that may be dollars; whether it is one, `budget.ts` judges by its surroundings. */
export interface Amount {
  readonly start: number;
  /** Index behind its last token. */
  readonly end: number;
  /** In dollars, scale applied. */
  readonly value: number;
  readonly hasCurrency: boolean;
  /** 1 when it carries no thousand or million. */
  readonly scale: number;
  /** Written with thousands separators, which house numbers and zip codes never are. */
  readonly isGrouped: boolean;
  /** "a million": an idiom as often as a price. */
  readonly isIdiomatic: boolean;
}

const THOUSAND = 1_000;
const MILLION = 1_000_000;
const SCALES: ReadonlyMap<string, number> = new Map([
  ...['k', 'ks', 'kish', 'thousand', 'thousands', 'thou', 'grand'].map((word) => [word, THOUSAND] as const),
  ...['m', 'mm', 'mil', 'mill', 'million', 'millions'].map((word) => [word, MILLION] as const),
]);
const CURRENCY_WORDS = new Set(['$', 'dollars', 'dollar', 'bucks', 'usd']);
/** The retirement plan, not a price. */
const RETIREMENT_PLAN = 401;

export function readAmount(tokens: Tokens, start: number): Amount | undefined {
  const isMarked = wordAt(tokens, start) === '$' || wordAt(tokens, start) === 'usd';
  const at = isMarked ? start + 1 : start;
  if (isMarked && !continuesClause(tokens, at)) return undefined;
  const number: Fraction | undefined =
    readQuantity(tokens, at) ?? readFractionOfMillion(tokens, at);
  if (number === undefined) return undefined;

  const scale = readScale(tokens, number.end, isMarked);
  const afterScale = scale === 1 ? number.end : number.end + 1;
  const halved = scale === 1 ? undefined : readTrailingHalf(tokens, afterScale);
  const end = halved ?? afterScale;
  const isNamed = continuesClause(tokens, end) && CURRENCY_WORDS.has(wordAt(tokens, end));
  // "$300k $400k": the second sign belongs to the second figure.
  const namesThis = isNamed && !(wordAt(tokens, end) === '$' && tokens[end + 1]?.isGlued === true);
  const written = wordAt(tokens, at);
  if (number.value === RETIREMENT_PLAN && scale === THOUSAND && !isMarked) return undefined;
  return {
    start,
    end: namesThis ? end + 1 : end,
    value: dollars(number.value + (halved === undefined ? 0 : 0.5), scale, isMarked && written),
    hasCurrency: isMarked || namesThis,
    scale,
    isGrouped: written.includes(',') || wordAt(tokens, at + 1) === '000',
    isIdiomatic: number.isIdiomatic === true,
  };
}

/** The same figure in the unit of its neighbour: the first of "450-500k". */
export function withScale(amount: Amount, scale: number): Amount {
  return { ...amount, value: amount.value * scale, scale };
}

function readScale(tokens: Tokens, at: number, isMarked: boolean): number {
  const scale = continuesClause(tokens, at) ? SCALES.get(wordAt(tokens, at)) : undefined;
  if (scale === undefined) return 1;
  // A lone "m" may be metres or minutes.
  const isLoneM = wordAt(tokens, at) === 'm' && tokens[at]?.isGlued === false;
  return isLoneM && !isMarked ? 1 : scale;
}

function dollars(number: number, scale: number, marked: string | false): number {
  // "$450.000": a sign, three decimals and no unit is the European grouping.
  if (scale === 1 && marked !== false && /^\d{1,3}\.\d{3}$/.test(marked)) return number * THOUSAND;
  return Math.round(number * scale);
}

interface Fraction extends Quantity {
  readonly isIdiomatic?: boolean;
}

/** "half a million", "quarter of a million", "a million". */
function readFractionOfMillion(tokens: Tokens, start: number): Fraction | undefined {
  const word = wordAt(tokens, start);
  const value = { half: 0.5, quarter: 0.25, a: 1 }[word];
  if (value === undefined) return undefined;
  let at = start + 1;
  if (word !== 'a' && wordAt(tokens, at) === 'of') at += 1;
  if (word !== 'a' && wordAt(tokens, at) === 'a') at += 1;
  if (wordAt(tokens, at) !== 'million') return undefined;
  return { value, end: at, isIdiomatic: word === 'a' };
}

/** "a million and a half". */
function readTrailingHalf(tokens: Tokens, at: number): number | undefined {
  const words = [0, 1, 2].map((offset) => wordAt(tokens, at + offset)).join(' ');
  return words === 'and a half' && wordAt(tokens, at - 1) === 'million' ? at + 3 : undefined;
}
