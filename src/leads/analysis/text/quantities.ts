import { continuesClause, wordAt, type Tokens } from './tokenize.js';

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
  if (wordAt(tokens, end) === 'hundred' && continuesClause(tokens, end)) {
    return { value: total * 100, end: end + 1 };
  }
  return { value: total, end };
}

/** "four hundred and fifty", "one point two". Thousand and million are units, not read here. */
function readSpelled(tokens: Tokens, start: number): Quantity | undefined {
  let total = 0;
  let end = start;
  while (end === start || continuesClause(tokens, end)) {
    const next = addWord(total, wordAt(tokens, end), end > start);
    if (next === undefined) break;
    total = next;
    end += 1;
    if (total >= 100 && wordAt(tokens, end) === 'and' && isNumberWord(wordAt(tokens, end + 1)))
      end += 1;
  }
  if (end === start) return undefined;
  const tenths = SMALL_NUMBERS.get(wordAt(tokens, end + 1));
  if (wordAt(tokens, end) === 'point' && tenths !== undefined && tenths < 10) {
    return { value: total + tenths / 10, end: end + 2 };
  }
  return { value: total, end };
}

/** The number with one more word, or undefined when the word does not continue it ("two fifty"). */
function addWord(total: number, word: string, hasStarted: boolean): number | undefined {
  if (word === 'hundred' && hasStarted && total > 0 && total < 100) return total * 100;
  const small = SMALL_NUMBERS.get(word);
  const step = small ?? TENS.get(word);
  if (step === undefined) return undefined;
  const room = step < 10 ? 10 : 100;
  return hasStarted && (total === 0 || total % room !== 0) ? undefined : total + step;
}

function isNumberWord(word: string): boolean {
  return SMALL_NUMBERS.has(word) || TENS.has(word);
}

/** "one and a half". */
function addHalf(tokens: Tokens, number: Quantity): Quantity {
  const isFollowed =
    wordAt(tokens, number.end) === 'and' &&
    wordAt(tokens, number.end + 1) === 'a' &&
    wordAt(tokens, number.end + 2) === 'half';
  return isFollowed ? { value: number.value + 0.5, end: number.end + 3 } : number;
}
