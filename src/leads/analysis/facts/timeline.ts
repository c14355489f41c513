import type { Timeline } from '../../lead-documents.js';
import {
  compileLexicon,
  isNegated,
  isNegatedBefore,
  type PhraseMatch,
  phraseStartingAt,
  standsAt,
  phraseList,
} from '../text/phrases.js';
import { continuesClause, type Tokens, wordAt, wordSet } from '../text/tokenize.js';
import { readQuantity, type Quantity } from '../text/amounts.js';

/** Days to a deadline that has no figure; 0 is at once. */
type Meaning = number | 'flexible' | 'pressure';

const PHRASES = compileLexicon<Meaning>([
  [
    0,
    phraseList(
      'asap, as soon as possible, as quickly as possible, as fast as possible, immediately, immediate',
    ),
  ],
  [
    0,
    phraseList('urgent, urgently, right now, right away, straight away, today, tonight, this week'),
  ],
  [
    0,
    phraseList(
      'this weekend, end of the week, end of this week, end of week, ready now, buy now, move now',
    ),
  ],
  [1, phraseList('tomorrow, tmrw')],
  [14, phraseList('next week, coming weeks, next weeks')],
  [
    30,
    phraseList(
      'this month, next month, end of the month, end of this month, end of month, month end, coming month',
    ),
  ],
  [60, phraseList('end of next month')],
  [90, phraseList('this quarter, next quarter, end of the quarter, coming months, next months')],
  [
    360,
    phraseList(
      'this year, next year, end of the year, end of this year, end of year, year end, coming year',
    ),
  ],
  [
    'flexible',
    phraseList('flexible, whenever, eventually, someday, some day, take our time, taking our time'),
  ],
  ['flexible', phraseList('take my time, taking my time, open ended, in no rush, in no hurry')],
  [
    'pressure',
    phraseList(
      'rush, hurry, urgency, pressure, deadline, timeline, time line, timeframe, time frame',
    ),
  ],
]);

/** Upper ends in days, both included. Longer is `1_year`. */
const STEPS: readonly (readonly [days: number, timeline: Timeline])[] = [
  [0, 'immediate'],
  [30, '1_month'],
  [60, '2_months'],
  [90, '3_months'],
  [180, '6_months'],
];

const OTHER_TOPICS = wordSet(
  'budget price financing location area areas size money neighborhood bedrooms loan payment terms',
);
const TOPIC_REACH_WORDS = 4;

/** The nearest time that the text asserts; flexible only where it asserts none. */
export function extractTimeline(tokens: Tokens): Timeline {
  let nearestDays = Number.POSITIVE_INFINITY;
  let isFlexible = false;
  for (let at = 0; at < tokens.length;) {
    const { end, reading } = readAt(tokens, at);
    if (reading === 'flexible') isFlexible = true;
    else if (reading !== undefined) nearestDays = Math.min(nearestDays, reading);
    at = end;
  }
  if (nearestDays !== Number.POSITIVE_INFINITY) return toTimeline(nearestDays);
  return isFlexible ? 'flexible' : 'unknown';
}

interface Step {
  readonly end: number;
  readonly reading?: number | 'flexible' | undefined;
}

function readAt(tokens: Tokens, at: number): Step {
  const match = phraseStartingAt(tokens, at, PHRASES);
  if (match) return { end: match.end, reading: readPhrase(tokens, match) };
  const span = readTimeSpan(tokens, at);
  if (span === undefined) return { end: at + 1 };
  const isAsserted = span.isAssertedByDenial || !isNegatedBefore(tokens, span.start);
  return { end: span.end, reading: isAsserted ? span.days : undefined };
}

function readPhrase(tokens: Tokens, match: PhraseMatch<Meaning>): number | 'flexible' | undefined {
  const { meaning } = match.phrase;
  const isDenied = isNegated(tokens, match.start, match.end);
  if (meaning === 'pressure') return readPressure(tokens, match, isDenied);
  if (meaning === 'flexible') {
    return isDenied || isAboutSomethingElse(tokens, match) ? undefined : 'flexible';
  }
  // "not urgent" and "not asap" only say what it is not.
  return isDenied ? undefined : meaning;
}

function readPressure(
  tokens: Tokens,
  match: PhraseMatch<Meaning>,
  isDenied: boolean,
): 0 | 'flexible' | undefined {
  if (isDenied) return 'flexible';
  const isHurried = /^(?:rush|hurry)$/.test(wordAt(tokens, match.start));
  return isHurried && ['a', 'big'].includes(wordAt(tokens, match.start - 1)) ? 0 : undefined;
}

/** "my budget is flexible", "flexible on location". */
function isAboutSomethingElse(tokens: Tokens, { start, end }: PhraseMatch<Meaning>): boolean {
  for (let at = start; at > start - TOPIC_REACH_WORDS && continuesClause(tokens, at); at -= 1) {
    if (OTHER_TOPICS.has(wordAt(tokens, at - 1))) return true;
  }
  for (let at = end; at < end + TOPIC_REACH_WORDS && continuesClause(tokens, at); at += 1) {
    if (OTHER_TOPICS.has(wordAt(tokens, at))) return true;
  }
  return false;
}

function toTimeline(days: number): Timeline {
  return STEPS.find(([upTo]) => days <= upTo)?.[1] ?? '1_year';
}

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
      [1, 'day days'],
      [7, 'week weeks wk wks'],
      [14, 'fortnight'],
      [30, 'month months mo mos mth mths'],
      [90, 'quarter quarters'],
      [360, 'year years yr yrs'],
    ] as const
  ).flatMap(([days, words]) => words.split(' ').map((word) => [word, days] as const)),
);
const HOURS = wordSet('hour hours hr hrs');
const VAGUE: ReadonlyMap<string, number> = new Map([
  ['couple', 2],
  ['few', 3],
  ['several', 4],
  ['half', 0.5],
]);
const ARTICLES = wordSet('a an the');
/** An article makes a span only behind one of these: "within a month", not "once a month". */
const LEADS_TO_ARTICLE = wordSet(
  'in within about around maybe roughly than like by another give least after until till next half or probably',
);
const ADJECTIVES = wordSet('business working calendar full more short good solid');
const PAST_BEFORE = wordSet('past last previous every per each since ago been lived worked lasted');
const NOT_AHEAD_AFTER = wordSet(
  'ago old lease leases mortgage fixed loan arm warranty experience rent rental contract term note of married note history',
);
const PAST_REACH_WORDS = 4;

function readTimeSpan(tokens: Tokens, start: number): TimeSpan | undefined {
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
  return isAhead(tokens, span.start, span.end)
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
  const isLed = continuesClause(tokens, start) && LEADS_TO_ARTICLE.has(wordAt(tokens, start - 1));
  const opens = !continuesClause(tokens, start) && wordAt(tokens, start) !== 'the';
  return isLed || opens ? { value: 1, end: start + 1 } : undefined;
}

function readVague(tokens: Tokens, start: number, value: number): Quantity {
  const isFiller = ['of', 'a'].includes(wordAt(tokens, start + 1));
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

function isAhead(tokens: Tokens, start: number, end: number): boolean {
  if (continuesClause(tokens, end) && NOT_AHEAD_AFTER.has(wordAt(tokens, end))) return false;
  for (let at = start; at > start - PAST_REACH_WORDS && continuesClause(tokens, at); at -= 1) {
    if (PAST_BEFORE.has(wordAt(tokens, at - 1))) return false;
  }
  return !isDuration(tokens, start) || isDeniedDuration(tokens, start);
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
  while (['another', 'about', 'at', 'least', 'around'].includes(wordAt(tokens, at))) at -= 1;
  return at;
}
