import {
  compileEndingLexicon,
  compileLexicon,
  isNegator,
  phraseEndingAt,
  phraseStartingAt,
  phraseList,
} from '../text/phrases.js';
import { continuesClause, GAP, wordAt, type Tokens, wordSet } from '../text/tokenize.js';
import { readAmount, type Amount } from '../text/amounts.js';

/** What the words around a figure make of it. */
export type Bound = 'exact' | 'ceiling' | 'floor' | 'denied';

export interface BoundReading {
  readonly bound: Bound;
  /** A money word leads to the figure, or follows it. */
  readonly hasCue: boolean;
  /** Index behind the last token that was read for this figure. */
  readonly end: number;
}

/** Comparatives turn round when denied: "no more than" is a ceiling, "nothing under" a floor. */
const BEFORE = compileEndingLexicon<'ceiling' | 'floor' | 'over' | 'under'>([
  [
    'ceiling',
    phraseList(
      'up to, upto, up till, max, maximum, at most, at the most, at the very most, most, limit, cap, capped at',
    ),
  ],
  [
    'ceiling',
    phraseList('ceiling, top, within, south of, as high as, as much as, not to exceed, stretch to'),
  ],
  [
    'ceiling',
    phraseList(
      'go to, go up to, topping out at, tops out at, top out at, max out at, maxing out at, maxed out at, tops',
    ),
  ],
  [
    'ceiling',
    phraseList(
      'hasta, máximo, maximo, máx, maxima, máxima, tope, tope de, máximo de, maximo de, como máximo, como maximo, ' +
        'a lo mucho, cuando mucho, no más de, no mas de, no pasar de, no pase de, que no pase de, sub, límite, limite',
    ),
  ],
  ['floor', phraseList('desde, mínimo, minimo, al menos, por lo menos, a partir de, mínimo de')],
  ['over', phraseList('más de, mas de, arriba de, encima de, por encima de')],
  ['under', phraseList('menos de, debajo de, por debajo de, abajo de')],
  [
    'floor',
    phraseList(
      'at least, from, starting at, starting from, start at, starts at, min, minimum, least',
    ),
  ],
  ['floor', phraseList('upwards of, upward of, north of')],
  [
    'over',
    phraseList(
      'over, above, more than, more then, exceed, exceeding, higher than, greater than, beyond, >',
    ),
  ],
  [
    'under',
    phraseList('under, below, less than, less then, lower than, cheaper than, fewer than, <'),
  ],
]);
const AFTER = compileLexicon<'ceiling' | 'floor'>([
  [
    'ceiling',
    phraseList(
      'máximo, maximo, máx, tope, como máximo, como maximo, o menos, a lo mucho, max, maximum, tops, top, limit, upper limit, ceiling, cap, at most, at the most, at the very most, most',
    ),
  ],
  [
    'ceiling',
    phraseList(
      'or less, or under, or below, or lower, or cheaper, no more, no higher, and under, and below, and less',
    ),
  ],
  [
    'floor',
    phraseList(
      'min, minimum, or more, or above, or higher, or over, or up, and up, and above, and over',
    ),
  ],
  ['floor', phraseList('and higher, and more, plus, +, at least, upwards')],
  ['floor', phraseList('o más, o mas, mínimo, minimo, para arriba, en adelante')],
]);
const CUES = wordSet(
  'budget budgeted budgeting price priced prices pricing spend spending afford pay paying cost costs range ' +
    'between offer offering asking approved preapproved qualify qualified worth loan purchase listed ' +
    'presupuesto precio precios gastar pagar entre cuesta cuestan costo rango ofrecer aprobado aprobada aprobados aprobaron ' +
    'preaprobado preaprobada calificado califico',
);
const FILLERS = wordSet(
  'about around approximately approx roughly maybe probably somewhere like say a an the my our is was be ' +
    'would are of at to for as i we can could want will go do it being currently total just that ' +
    'or near close absolute so comfortable comfortably only ' +
    'es de el la un una por unos unas mi nuestro alrededor cerca aprox aproximadamente que son seria sería algo ' +
    'hacia tengo tenemos puedo podemos quiero queremos ser ando',
);
const FILLERS_AFTER = wordSet(
  'is my our the absolute as a would be budget price total or at all in',
);
/** Words that a denial of a figure may reach over. */
const LIGHT_WORDS = wordSet(
  'go going want wanting to spend spending pay paying do be look looking like can could any ' +
    'anything at for homes houses house home a me us show priced need it much afford have got budget ' +
    'of the is willing able really ever even see price prices listings listing send',
);
/** Labels of a form: "max: $400k", "Budget (max): 400000". */
const LABELS = wordSet('max maximum min minimum limit ceiling cap');
const REACH_WORDS = 9;
const REACH_AFTER_WORDS = 5;

/** `from` is where the words of the figure before it end: each word is read once. */
export function readBound(
  tokens: Tokens,
  amount: Pick<Amount, 'start' | 'end'>,
  from: number,
): BoundReading {
  const before = readBefore(tokens, amount.start, from);
  const after = readAfter(tokens, amount.end, true);
  const own = before.bound === undefined || closesClause(tokens, after) ? after : undefined;
  const bound = own?.bound ?? before.bound;
  if (bound !== undefined) return { bound, hasCue: true, end: own?.end ?? amount.end };
  const hasCue = before.hasCue || isFollowedByCue(tokens, amount.end);
  const isDenied = isDeniedBefore(tokens, amount.start, from);
  return { bound: isDenied ? 'denied' : 'exact', hasCue, end: amount.end };
}

/** In "3 bed min 400k max" the word behind, which closes the clause, is the figure's own. */
function closesClause(tokens: Tokens, after: After | undefined): boolean {
  return after !== undefined && !continuesClause(tokens, after.end);
}

interface Before {
  readonly bound?: 'ceiling' | 'floor';
  readonly hasCue: boolean;
}

function readBefore(tokens: Tokens, start: number, from: number): Before {
  let hasCue = false;
  for (let at = start; at > from && at > start - REACH_WORDS; at -= 1) {
    if (!isWithinReach(tokens, at, start)) break;
    const match = phraseEndingAt(tokens, at, BEFORE);
    if (match && match.start >= from) {
      return { bound: turn(tokens, match.phrase.meaning, match.start, from), hasCue: true };
    }
    const word = wordAt(tokens, at - 1);
    if (CUES.has(word)) hasCue = true;
    else if (!FILLERS.has(word)) break;
  }
  return { hasCue };
}

/** A comma or dash is bridged only right before the figure: "my budget, 400000". */
function isWithinReach(tokens: Tokens, at: number, start: number): boolean {
  const gap = tokens[at]?.gap;
  if (gap === GAP.none) return true;
  const word = wordAt(tokens, at - 1);
  return at === start && gap === GAP.clause && (CUES.has(word) || LABELS.has(word));
}

function turn(
  tokens: Tokens,
  meaning: 'ceiling' | 'floor' | 'over' | 'under',
  start: number,
  from: number,
): 'ceiling' | 'floor' {
  switch (meaning) {
    case 'over':
      return isDeniedBefore(tokens, start, from) ? 'ceiling' : 'floor';
    case 'under':
      return isDeniedBefore(tokens, start, from) ? 'floor' : 'ceiling';
    case 'ceiling':
    case 'floor':
      return meaning;
  }
}

function isDeniedBefore(tokens: Tokens, start: number, from: number): boolean {
  for (let at = start; at > from && at > start - REACH_WORDS; at -= 1) {
    if (!continuesClause(tokens, at)) return false;
    if (isNegator(tokens, at - 1)) return true;
    if (!LIGHT_WORDS.has(wordAt(tokens, at - 1))) return false;
  }
  return false;
}

interface After {
  readonly bound: 'ceiling' | 'floor';
  readonly end: number;
}

/** "400k max", "400k is my limit", "400k or less", "400k, tops". */
function readAfter(tokens: Tokens, end: number, mayYield: boolean): After | undefined {
  const isBridged = tokens[end]?.gap === GAP.clause;
  let at = end;
  while (isFillerAfter(tokens, at, end)) at += 1;
  const match =
    continuesClause(tokens, at) || isBridged ? phraseStartingAt(tokens, at, AFTER) : undefined;
  if (match === undefined || (mayYield && belongsToNext(tokens, match.end))) return undefined;
  // Behind a comma, only when nothing else follows: "400k, max 3 stories" bounds the stories.
  if (isBridged && continuesClause(tokens, match.end)) return undefined;
  return { bound: match.phrase.meaning, end: match.end };
}

/** A word to step over, unless a bound begins with it ("at most", "or less"). */
function isFillerAfter(tokens: Tokens, at: number, end: number): boolean {
  return (
    at < end + REACH_AFTER_WORDS &&
    continuesClause(tokens, at) &&
    FILLERS_AFTER.has(wordAt(tokens, at)) &&
    phraseStartingAt(tokens, at, AFTER) === undefined
  );
}

/** In "budget 300k max 500k" the word leads to the second figure; in "300k min 500k max" it does not. */
function belongsToNext(tokens: Tokens, at: number): boolean {
  if (!continuesClause(tokens, at)) return false;
  const next = readAmount(tokens, at);
  return next !== undefined && readAfter(tokens, next.end, false) === undefined;
}

function isFollowedByCue(tokens: Tokens, end: number): boolean {
  for (let at = end; at < end + REACH_AFTER_WORDS && continuesClause(tokens, at); at += 1) {
    if (CUES.has(wordAt(tokens, at))) return true;
    if (!FILLERS_AFTER.has(wordAt(tokens, at))) return false;
  }
  return false;
}
