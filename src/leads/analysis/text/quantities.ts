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
