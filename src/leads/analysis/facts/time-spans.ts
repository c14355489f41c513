import { isNegatedBefore, standsAt } from '../text/phrases.js';
import { continuesClause, type Tokens, wordAt, wordSet } from '../text/tokenize.js';
import { readQuantity, type Quantity } from '../text/quantities.js';

/** A span of time that lies ahead of the lead, in days. */
export interface TimeSpan {
  readonly start: number;
  readonly end: number;
  readonly days: number;
  /** "not for another 6 months" asserts the span although it is denied. */
  readonly isAssertedByDenial: boolean;
}

/** A year is twelve months of thirty days, so that half of it is six months. */
const DAYS_PER_UNIT: ReadonlyMap<string, number> = new Map(
  (
    [
      [1 / 24, 'hour hours hr hrs'],
      [1, 'day days día días dia dias'],
      [7, 'week weeks wk wks semana semanas'],
      [14, 'fortnight quincena'],
      [30, 'month months mo mos mth mths mes meses'],
      [90, 'quarter quarters trimestre'],
      [360, 'year years yr yrs año años ano anos'],
    ] as const
  ).flatMap(([days, words]) => words.split(' ').map((word) => [word, days] as const)),
);
const HOURS = wordSet('hour hours hr hrs');
const VAGUE: ReadonlyMap<string, number> = new Map([
  ['couple', 2],
  ['few', 3],
  ['several', 4],
  ['half', 0.5],
  ['another', 1],
  ['par', 2],
  ['cuantos', 3],
  ['cuantas', 3],
  ['algunos', 3],
  ['algunas', 3],
  ['pocos', 3],
  ['medio', 0.5],
]);
const ARTICLES = wordSet('a an the un una');
/** An article makes a span only behind one of these: "within a month", not "once a month". */
const LEADS_TO_ARTICLE = wordSet(
  'in within about around maybe roughly than like by another give least after until till next half or probably en dentro de como otro otra',
);
const ADJECTIVES = wordSet('business working calendar full more short good solid');
const PAST_BEFORE = wordSet(
  'past last previous every per each since ago been lived worked lasted employed self married was were had took looked ' +
    'searched rented waited stayed owned kid kids son sons daughter daughters baby babies child children boy boys girl girls ' +
    'twins dog rentando viviendo trabajando buscando vivimos vivo contrato hace llevo llevamos tengo tenemos ultimos pasado desde cada hijo hijos hija hijas niño niños niña niñas bebe',
);
const NOT_AHEAD_AFTER = wordSet(
  'ago old lease leases mortgage fixed loan arm warranty experience rent rental contract term note of married history ' +
    'employment job trabajando viviendo rentando buscando casados juntos',
);
const EACH = wordSet('a per each every al por cada');
const PAST_REACH_WORDS = 4;

export function readTimeSpan(tokens: Tokens, start: number): TimeSpan | undefined {
  const count = readCount(tokens, start);
  if (count === undefined) return undefined;
  let end = count.end;
  while (ADJECTIVES.has(wordAt(tokens, end)) && end < count.end + 2) end += 1;
  const daysPerUnit = continuesClause(tokens, end)
    ? DAYS_PER_UNIT.get(wordAt(tokens, end))
    : undefined;
  if (daysPerUnit === undefined) return undefined;
  if (
    HOURS.has(wordAt(tokens, end)) &&
    !['in', 'within', 'next'].includes(wordAt(tokens, start - 1))
  ) {
    return undefined;
  }
  const extended = readExtension(tokens, end + 1, count.value);
  const span = {
    start,
    end: endOfCounting(tokens, extended.end),
    days: extended.value * daysPerUnit,
  };
  return isAhead(tokens, span)
    ? { ...span, isAssertedByDenial: isDeniedDuration(tokens, start) }
    : undefined;
}

/** "6", "six", "6-12", "a couple of", "few", "half a", "a". Of two figures the later one counts. */
function readCount(tokens: Tokens, start: number): Quantity | undefined {
  const word = wordAt(tokens, start);
  if (ARTICLES.has(word)) return readArticle(tokens, start);
  const vague = VAGUE.get(word);
  if (vague !== undefined) return readVague(tokens, start, vague);
  const first = readQuantity(tokens, start);
  if (first === undefined) return undefined;
  const joins = ['-', 'to', 'or', 'and'].includes(wordAt(tokens, first.end));
  const second =
    joins && continuesClause(tokens, first.end + 1)
      ? readQuantity(tokens, first.end + 1)
      : undefined;
  return second && second.value > first.value ? second : first;
}

function readArticle(tokens: Tokens, start: number): Quantity | undefined {
  if (VAGUE.has(wordAt(tokens, start + 1))) return undefined;
  const before = wordAt(tokens, start - 1);
  const isFromHere = before === 'a' && wordAt(tokens, start - 2) === 'aqui';
  const isLed = continuesClause(tokens, start) && (isFromHere || LEADS_TO_ARTICLE.has(before));
  const opens = !continuesClause(tokens, start) && wordAt(tokens, start) !== 'the';
  return isLed || opens ? { value: 1, end: start + 1 } : undefined;
}

function readVague(tokens: Tokens, start: number, value: number): Quantity {
  const isFiller = ['of', 'a', 'de'].includes(wordAt(tokens, start + 1));
  return { value, end: isFiller ? start + 2 : start + 1 };
}

/** "a month or two", "a year and a half". */
function readExtension(tokens: Tokens, at: number, value: number): Quantity {
  if (standsAt(tokens, at, ['and', 'a', 'half'])) return { value: value + 0.5, end: at + 3 };
  if (wordAt(tokens, at) !== 'or' || !continuesClause(tokens, at)) return { value, end: at };
  const second = readQuantity(tokens, at + 1);
  const hasOwnNoun = second !== undefined && continuesClause(tokens, second.end);
  if (second === undefined || second.value <= value || hasOwnNoun) return { value, end: at };
  return { value: second.value, end: second.end };
}

/** "30 days from today": the day that one counts from is no deadline. */
function endOfCounting(tokens: Tokens, end: number): number {
  const isCounted =
    ['from', 'of'].includes(wordAt(tokens, end)) && wordAt(tokens, end + 1) === 'today';
  return isCounted && continuesClause(tokens, end) ? end + 2 : end;
}

/** Who names more years speaks of a loan, a job or a life. */
const MOST_DAYS = 5 * 360;

function isAhead(
  tokens: Tokens,
  { start, end, days }: Omit<TimeSpan, 'isAssertedByDenial'>,
): boolean {
  if (days > MOST_DAYS) return false;
  if (continuesClause(tokens, end) && NOT_AHEAD_AFTER.has(wordAt(tokens, end))) return false;
  if (isOfSomething(tokens, end) || isRate(tokens, end)) return false;
  return !isPastBefore(tokens, start, end) && !isMereDuration(tokens, start);
}

const LASTING = wordSet('abatement warranty employment experience history contract');

/** "a 1 year home warranty": how long that lasts. */
function isOfSomething(tokens: Tokens, end: number): boolean {
  return continuesClause(tokens, end + 1) && LASTING.has(wordAt(tokens, end + 1));
}

/** Right before a span they say that it lies ahead, whatever stands before them. */
const AHEAD_BEFORE = wordSet('in within en thinking hoping planning aiming');
const NEARLY = wordSet('about around like roughly maybe the next another say unos unas como');
const HAVING = wordSet('tengo tenemos');

function isPastBefore(tokens: Tokens, start: number, end: number): boolean {
  let isClose = true;
  for (let at = start; at > start - PAST_REACH_WORDS && continuesClause(tokens, at); at -= 1) {
    const word = wordAt(tokens, at - 1);
    if (isClose && AHEAD_BEFORE.has(word)) return false;
    isClose &&= NEARLY.has(word);
    // "tengo 2 meses para mudarme", as against "tengo 2 meses buscando".
    const isLeft = HAVING.has(word) && wordAt(tokens, end) === 'para';
    if (PAST_BEFORE.has(word)) return !isLeft;
  }
  return false;
}

function isMereDuration(tokens: Tokens, start: number): boolean {
  return isDuration(tokens, start) && !isDeniedDuration(tokens, start);
}

/** "2 days a week", "3 hours per day": how often, and not when. */
function isRate(tokens: Tokens, end: number): boolean {
  const at = wordAt(tokens, end + 1) === 'la' ? end + 2 : end + 1;
  return (
    continuesClause(tokens, end) &&
    EACH.has(wordAt(tokens, end)) &&
    DAYS_PER_UNIT.has(wordAt(tokens, at))
  );
}

/** "looking for 2 years" tells how long; "not for another 6 months" tells when. */
function isDuration(tokens: Tokens, start: number): boolean {
  return continuesClause(tokens, start) && wordAt(tokens, indexBefore(tokens, start)) === 'for';
}

function isDeniedDuration(tokens: Tokens, start: number): boolean {
  return isDuration(tokens, start) && isNegatedBefore(tokens, indexBefore(tokens, start));
}

function indexBefore(tokens: Tokens, start: number): number {
  let at = start - 1;
  while (
    ['another', 'about', 'at', 'least', 'around', 'a', 'the', 'like', 'over'].includes(
      wordAt(tokens, at),
    )
  )
    at -= 1;
  return at;
}
