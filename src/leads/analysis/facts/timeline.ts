import type { Timeline } from '../../lead-documents.js';
import { isNegated, isNegatedBefore } from '../text/negation.js';
import { compileLexicon, phraseStartingAt, type PhraseMatch } from '../text/phrases.js';
import { continuesClause, wordAt, type Tokens } from '../text/tokenize.js';
import { readTimeSpan } from './time-spans.js';

/** Days to a deadline that has no figure; 0 is at once. */
type Meaning = number | 'flexible' | 'pressure';

const words = (list: string): readonly string[] => list.split(', ');

const PHRASES = compileLexicon<Meaning>([
  [
    0,
    words(
      'asap, as soon as possible, as quickly as possible, as fast as possible, immediately, immediate',
    ),
  ],
  [0, words('urgent, urgently, right now, right away, straight away, today, tonight, this week')],
  [
    0,
    words(
      'this weekend, end of the week, end of this week, end of week, ready now, buy now, move now',
    ),
  ],
  [1, words('tomorrow, tmrw')],
  [14, words('next week, coming weeks, next weeks')],
  [
    30,
    words(
      'this month, next month, end of the month, end of this month, end of month, month end, coming month',
    ),
  ],
  [60, words('end of next month')],
  [90, words('this quarter, next quarter, end of the quarter, coming months, next months')],
  [
    360,
    words(
      'this year, next year, end of the year, end of this year, end of year, year end, coming year',
    ),
  ],
  [
    'flexible',
    words('flexible, whenever, eventually, someday, some day, take our time, taking our time'),
  ],
  ['flexible', words('take my time, taking my time, open ended, in no rush, in no hurry')],
  [
    'pressure',
    words('rush, hurry, urgency, pressure, deadline, timeline, time line, timeframe, time frame'),
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

const OTHER_TOPICS = new Set(
  'budget price financing location area areas size money neighborhood bedrooms loan payment terms'.split(
    ' ',
  ),
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
