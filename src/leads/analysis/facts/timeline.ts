import type { Timeline } from '../../lead-documents.js';
import {
  compileLexicon,
  isNegated,
  isNegatedBefore,
  type PhraseMatch,
  phraseStartingAt,
  phraseList,
} from '../text/phrases.js';
import { continuesClause, type Tokens, wordAt, wordSet } from '../text/tokenize.js';
import { dayThere, type Day } from './days.js';
import type { FactsReading } from './facts-reading.js';
import { readDeadline } from './deadlines.js';
import { readTimeSpan } from './time-spans.js';

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
  [0, phraseList('like yesterday, by yesterday, as of yesterday, was yesterday')],
  [
    0,
    phraseList(
      'lo antes posible, lo más pronto posible, lo mas pronto posible, lo más rápido posible, lo mas rapido posible, ' +
        'cuanto antes, urgente, urgentemente, de inmediato, inmediatamente, ya mismo, ahora mismo, hoy, hoy mismo, ' +
        'esta semana, este fin de semana, enseguida, en seguida, para ya, me urge, nos urge',
    ),
  ],
  [1, phraseList('tomorrow, tmrw, para mañana')],
  [14, phraseList('la próxima semana, la proxima semana, la semana que viene, la semana entrante')],
  [
    30,
    phraseList(
      'este mes, el próximo mes, el proximo mes, próximo mes, proximo mes, el mes que viene, el mes que entra, ' +
        'el mes entrante, fin de mes, fines de mes, finales de mes',
    ),
  ],
  [
    360,
    phraseList(
      'este año, el próximo año, el proximo año, próximo año, proximo año, el año que viene, el año entrante, ' +
        'fin de año, fines de año, finales de año, el ano que viene, el proximo ano, este ano',
    ),
  ],
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
    'flexible',
    phraseList(
      'just browsing, only browsing, browsing for now, window shopping, just looking around, just looking for now, ' +
        'just looking right now, just curious, kicking tires, testing the waters, no timeline, no set timeline, ' +
        'no time frame, no timeframe, no specific timeline, no hard deadline, not in any rush, no rush',
    ),
  ],
  [
    'flexible',
    phraseList(
      'sin prisa, sin prisas, sin apuro, sin apuros, no tengo prisa, no tenemos prisa, no hay prisa, no hay apuro, ' +
        'no tengo apuro, no me urge, no nos urge, no corre prisa, cuando sea, cuando se pueda, nomas viendo, ' +
        'nomás viendo, nomas ando viendo, nomás ando viendo, solo viendo, sólo viendo, solo estoy viendo, ' +
        'nada más viendo, nada mas viendo, solo mirando, apenas viendo, apenas estoy viendo, con calma, sin fecha',
    ),
  ],
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
export function extractTimeline(tokens: Tokens, reading: FactsReading): Timeline {
  const context = { todayOf: onDemand(reading), isAnswer: reading.lastQuestion === 'timeline' };
  let nearestDays = Number.POSITIVE_INFINITY;
  let isFlexible = false;
  for (let at = 0; at < tokens.length;) {
    const { end, time } = readAt(tokens, at, context);
    if (time === 'flexible') isFlexible = true;
    else if (time !== undefined) nearestDays = Math.min(nearestDays, time);
    at = end;
  }
  if (nearestDays !== Number.POSITIVE_INFINITY) return toTimeline(nearestDays);
  return isFlexible ? 'flexible' : 'unknown';
}

interface Step {
  readonly end: number;
  readonly time?: number | 'flexible' | undefined;
}

/** Days and months looked up in one message: more are no deadline, and each takes its time. */
const MOST_LOOK_UPS = 40;

/** Most messages name no date, and making one takes longer than all else. Undefined once it was asked too often. */
function onDemand({ at, timezone }: FactsReading): () => Day | undefined {
  let today: Day | undefined;
  let asked = 0;
  return () => {
    asked += 1;
    if (asked > MOST_LOOK_UPS) return undefined;
    return (today ??= dayThere(at, timezone));
  };
}

function readAt(
  tokens: Tokens,
  at: number,
  context: { readonly todayOf: () => Day | undefined; readonly isAnswer: boolean },
): Step {
  const match = phraseStartingAt(tokens, at, PHRASES);
  if (match) return { end: match.end, time: readPhrase(tokens, match) };
  const deadline = readDeadline(tokens, at, context);
  if (deadline !== undefined) {
    const isDenied = deadline.days === undefined || isNegatedBefore(tokens, at);
    return { end: deadline.end, time: isDenied ? undefined : deadline.days };
  }
  const span = readTimeSpan(tokens, at);
  if (span === undefined) return { end: at + 1 };
  const isAsserted = span.isAssertedByDenial || !isNegatedBefore(tokens, span.start);
  return { end: span.end, time: isAsserted ? span.days : undefined };
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
