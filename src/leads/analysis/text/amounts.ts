import { standsAt } from './phrases.js';
import { continuesClause, type Tokens, wordAt } from './tokenize.js';

/** A number in figures or words, before any unit. */
export interface Quantity {
  readonly value: number;
  /** Index behind its last token. */
  readonly end: number;
}

const SMALL_NUMBERS: ReadonlyMap<string, number> = new Map(
  (
    'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen ' +
    'sixteen seventeen eighteen nineteen'
  )
    .split(' ')
    .map((word, value) => [word, value] as const),
);
/** Spanish, by its own words; hundreds have one each. */
const SPANISH_NUMBERS: ReadonlyMap<string, number> = new Map(
  (
    'uno:1 dos:2 tres:3 cuatro:4 cinco:5 seis:6 siete:7 ocho:8 nueve:9 diez:10 once:11 doce:12 quince:15 veinte:20 ' +
    'veinticinco:25 treinta:30 cuarenta:40 cincuenta:50 sesenta:60 setenta:70 ochenta:80 noventa:90 cien:100 ciento:100 ' +
    'doscientos:200 trescientos:300 cuatrocientos:400 quinientos:500 seiscientos:600 setecientos:700 ochocientos:800 novecientos:900'
  )
    .split(' ')
    .map((entry) => entry.split(':'))
    .map(([word = '', value]) => [word, Number(value)] as const),
);
const TENS: ReadonlyMap<string, number> = new Map(
  'twenty thirty forty fifty sixty seventy eighty ninety'
    .split(' ')
    .map((word, step) => [word, (step + 2) * 10] as const),
);

export function readQuantity(tokens: Tokens, start: number): Quantity | undefined {
  const token = tokens[start];
  if (token === undefined) return undefined;
  const number =
    token.kind === 'number' ? readFigure(tokens, start, token.value) : readSpelled(tokens, start);
  return number && addHalf(tokens, number);
}

/** "450", "450 000", "5 hundred". */
function readFigure(tokens: Tokens, start: number, value: number): Quantity {
  let end = start + 1;
  let total = value;
  while (wordAt(tokens, end) === '000' && continuesClause(tokens, end) && total < 1_000_000_000) {
    total *= 1_000;
    end += 1;
  }
  if (!continuesClause(tokens, end)) return { value: total, end };
  if (wordAt(tokens, end) === 'hundred') return { value: total * 100, end: end + 1 };
  return readSpokenPrice(tokens, end, total) ?? { value: total, end };
}

/** "2 fifty", "3 seventy five". */
function readSpokenPrice(tokens: Tokens, at: number, hundreds: number): Quantity | undefined {
  const tens = TENS.get(wordAt(tokens, at));
  if (tens === undefined || !Number.isInteger(hundreds) || hundreds < 1 || hundreds > 9) {
    return undefined;
  }
  const ones = continuesClause(tokens, at + 1) ? SMALL_NUMBERS.get(wordAt(tokens, at + 1)) : 0;
  const hasOnes = ones !== undefined && ones > 0 && ones < 10;
  const value = hundreds * 100 + tens + (hasOnes ? ones : 0);
  return { value, end: hasOnes ? at + 2 : at + 1 };
}

/** "four hundred and fifty", "one point two", "three fifty". Thousand and million are units, not read here. */
function readSpelled(tokens: Tokens, start: number): Quantity | undefined {
  let total = startWith(wordAt(tokens, start));
  if (total === undefined) return undefined;
  let end = start + 1;
  while (continuesClause(tokens, end)) {
    const at = skipsAnd(tokens, end, total) ? end + 1 : end;
    const next = addWord(total, wordAt(tokens, at));
    if (next === undefined) break;
    total = next;
    end = at + 1;
  }
  return readTenths(tokens, end, total) ?? { value: total, end };
}

function startWith(word: string): number | undefined {
  return SMALL_NUMBERS.get(word) ?? TENS.get(word) ?? SPANISH_NUMBERS.get(word);
}

/** "four hundred AND fifty". */
function skipsAnd(tokens: Tokens, at: number, total: number): boolean {
  const isSpanishAnd = wordAt(tokens, at) === 'y' && total % 10 === 0;
  return (
    (isSpanishAnd || (total >= 100 && wordAt(tokens, at) === 'and')) &&
    startWith(wordAt(tokens, at + 1)) !== undefined
  );
}

/** The number with one more word, or undefined when that word does not continue it. */
function addWord(total: number, word: string): number | undefined {
  if (total === 0) return undefined;
  if (word === 'hundred') return total < 100 ? total * 100 : undefined;
  const step = startWith(word);
  if (step === undefined) return undefined;
  // "three fifty", as prices are spoken.
  if (total < 10 && TENS.has(word)) return total * 100 + step;
  return total % (step < 10 ? 10 : 100) === 0 ? total + step : undefined;
}

/** "one POINT TWO". */
function readTenths(tokens: Tokens, at: number, whole: number): Quantity | undefined {
  const tenths =
    wordAt(tokens, at) === 'point' ? SMALL_NUMBERS.get(wordAt(tokens, at + 1)) : undefined;
  return tenths !== undefined && tenths < 10
    ? { value: whole + tenths / 10, end: at + 2 }
    : undefined;
}

/** "one and a half". */
function addHalf(tokens: Tokens, { value, end }: Quantity): Quantity {
  return standsAt(tokens, end, ['and', 'a', 'half'])
    ? { value: value + 0.5, end: end + 3 }
    : { value, end };
}

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
