import { standsAt } from './phrases.js';
import { readQuantity, type Quantity } from './quantities.js';
import { continuesClause, type Tokens, wordAt } from './tokenize.js';

/** A figure that may be dollars; whether it is one, `budget.ts` judges by its surroundings. */
export interface Amount {
  readonly start: number;
  /** Index behind its last token. */
  readonly end: number;
  /** In dollars, scale applied, not rounded: the first of "1.1 or 1.2 million" has its scale still to come. */
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
  ...['k', 'ks', 'kish', 'thousand', 'thousands', 'thou', 'grand'].map(
    (word) => [word, THOUSAND] as const,
  ),
  ...['m', 'mm', 'mill', 'million', 'millions', 'millón', 'millon', 'millones'].map(
    (word) => [word, MILLION] as const,
  ),
  ['mil', THOUSAND],
  ['miles', THOUSAND],
]);
const MARKS_BEFORE = new Set(['$', 'usd']);
const CURRENCY_WORDS = new Set([
  ...['$', 'dollars', 'dollar', 'bucks', 'usd'],
  ...['dólares', 'dolares', 'dólar', 'dolar', 'dlls'],
]);
/** The retirement plan, not a price. */
const RETIREMENT_PLAN = 401;
/** The loan for a home to be mended, where it is named so: "FHA 203k". */
const RENOVATION_LOAN = 203;

export function readAmount(tokens: Tokens, start: number): Amount | undefined {
  const isMarked = MARKS_BEFORE.has(wordAt(tokens, start));
  const at = isMarked ? start + 1 : start;
  if (isMarked && !continuesClause(tokens, at)) return undefined;
  const number = readNumber(tokens, at);
  if (number === undefined) return undefined;
  const isVague = isIsh(tokens, number.end) && SCALES.has(wordAt(tokens, number.end + 1));
  const read = isVague ? { ...number, end: number.end + 1 } : number;
  const scale = readScale(tokens, read.end, isMarked);
  if (isRetirementPlan(number.value, scale, isMarked)) return undefined;
  if (number.value === RENOVATION_LOAN && wordAt(tokens, start - 1) === 'fha') return undefined;
  return finish(tokens, { start, at, number: read, scale, isMarked });
}

/** "300-ish k". */
function isIsh(tokens: Tokens, at: number): boolean {
  return wordAt(tokens, at) === 'ish' && continuesClause(tokens, at + 1);
}

interface ScaledNumber {
  readonly start: number;
  /** Where the number itself begins. */
  readonly at: number;
  readonly number: Fraction;
  readonly scale: number;
  readonly isMarked: boolean;
}

function readNumber(tokens: Tokens, at: number): Fraction | undefined {
  return readQuantity(tokens, at) ?? readFractionOfMillion(tokens, at);
}

function finish(tokens: Tokens, { start, at, number, scale, isMarked }: ScaledNumber): Amount {
  const behind = scale === 1 ? number.end : number.end + 1;
  const rest = readRestOfMillion(tokens, behind) ?? { value: 0, end: behind };
  const isNamed = isCurrencyWord(tokens, rest.end);
  const isEuropean = isMarked && scale === 1 && isGroupedByDot(wordAt(tokens, at));
  return {
    start,
    end: isNamed ? rest.end + 1 : rest.end,
    value: (number.value + rest.value) * (isEuropean ? THOUSAND : scale),
    hasCurrency: isMarked || isNamed,
    scale,
    isGrouped: isWrittenInGroups(tokens, at),
    isIdiomatic: number.isIdiomatic === true && rest.value === 0,
  };
}

/** "450,000", "450 000". */
function isWrittenInGroups(tokens: Tokens, at: number): boolean {
  return wordAt(tokens, at).includes(',') || wordAt(tokens, at + 1) === '000';
}

/** The same figure in the unit of its neighbour: the first of "450-500k". */
export function withScale(amount: Amount, scale: number): Amount {
  return { ...amount, value: amount.value * scale, scale };
}

function readScale(tokens: Tokens, at: number, isMarked: boolean): number {
  const scale = continuesClause(tokens, at) ? SCALES.get(wordAt(tokens, at)) : undefined;
  if (scale === undefined) return 1;
  // "mil" is thousand in Spanish, and short for million behind a fraction: "1.1 mil".
  if (wordAt(tokens, at) === 'mil' && isOfMillion(tokens, at - 1)) return MILLION;
  // A lone "m" may be metres or minutes.
  const isLoneM = wordAt(tokens, at) === 'm' && tokens[at]?.isGlued === false;
  return isLoneM && !isMarked ? 1 : scale;
}

/** "1.1 mil", "half a mil", "$2 mil". */
function isOfMillion(tokens: Tokens, at: number): boolean {
  const token = tokens[at];
  if (['half', 'a', 'of'].includes(token?.text ?? '')) return true;
  return token?.kind === 'number' && !Number.isInteger(token.value) && token.value < 100;
}

function isRetirementPlan(value: number, scale: number, isMarked: boolean): boolean {
  return value === RETIREMENT_PLAN && scale === THOUSAND && !isMarked;
}

/** In "$300k $400k" the second sign belongs to the second figure. */
function isCurrencyWord(tokens: Tokens, at: number): boolean {
  if (!continuesClause(tokens, at) || !CURRENCY_WORDS.has(wordAt(tokens, at))) return false;
  return wordAt(tokens, at) !== '$' || tokens[at + 1]?.isGlued !== true;
}

/** "$450.000": a sign, three decimals and no unit is the European grouping. */
function isGroupedByDot(figure: string): boolean {
  return /^\d{1,3}\.\d{3}$/.test(figure);
}

interface Fraction extends Quantity {
  readonly isIdiomatic?: boolean;
}

/** "half a million", "quarter of a million", "a million". */
function readFractionOfMillion(tokens: Tokens, start: number): Fraction | undefined {
  const word = wordAt(tokens, start);
  const value = { half: 0.5, quarter: 0.25, a: 1, medio: 0.5, un: 1 }[word];
  if (value === undefined) return undefined;
  let at = start + 1;
  const isWhole = word === 'a' || word === 'un';
  if (!isWhole && wordAt(tokens, at) === 'of') at += 1;
  if (!isWhole && wordAt(tokens, at) === 'a') at += 1;
  const unit = wordAt(tokens, at);
  if (SCALES.get(unit) !== MILLION && unit !== 'mil') return undefined;
  return { value, end: at, isIdiomatic: isWhole };
}

/** In millions: "a million AND A HALF", "un millón DOSCIENTOS MIL". */
function readRestOfMillion(tokens: Tokens, at: number): Quantity | undefined {
  if (!/^mill[io]/.test(wordAt(tokens, at - 1)) || !continuesClause(tokens, at)) return undefined;
  if (standsAt(tokens, at, ['and', 'a', 'half'])) return { value: 0.5, end: at + 3 };
  if (standsAt(tokens, at, ['y', 'medio'])) return { value: 0.5, end: at + 2 };
  const thousands = readQuantity(tokens, at);
  const isRest = thousands !== undefined && SCALES.get(wordAt(tokens, thousands.end)) === THOUSAND;
  return isRest && thousands.value < THOUSAND
    ? { value: thousands.value / THOUSAND, end: thousands.end + 1 }
    : undefined;
}
