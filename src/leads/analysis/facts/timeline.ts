import type { Timeline } from '../../lead-documents.js';
import { isNegated, isNegatedBefore, type PhraseMatch, phraseStartingAt } from '../text/phrases.js';
import { continuesClause, type Tokens, wordAt, wordSet } from '../text/tokenize.js';
import { dayThere, type Day } from './days.js';
import type { FactsReading } from './facts-reading.js';
import { holdsAfter, holdsBefore } from './neighbours.js';
import { readDeadline } from './deadlines.js';
import { readTimeSpan } from './time-spans.js';
import { PHRASES, type Meaning } from './timeline-words.js';

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
  if (isNeededNow(tokens, at)) return { end: at + 1, time: 0 };
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

const NOW = wordSet('now ya ahora ahorita');
const NEEDS = wordSet(
  'need needs needing must gotta ready have necesito necesitamos ocupo ocupamos quiero queremos tengo tenemos listo listos lista',
);
/** Between the need and its "now" is what is needed, and nothing that the lead is or has now. */
const NOT_NEEDED = wordSet('live living rent renting are am is own owe pay paying in en');
const NEED_REACH_WORDS = 7;

/** "need to move now", "necesito mudarme ya": at the end of its clause. */
function isNeededNow(tokens: Tokens, at: number): boolean {
  if (!NOW.has(wordAt(tokens, at)) || continuesClause(tokens, at + 1)) return false;
  for (let word = at; word > at - NEED_REACH_WORDS && continuesClause(tokens, word); word -= 1) {
    if (NOT_NEEDED.has(wordAt(tokens, word - 1))) return false;
    if (NEEDS.has(wordAt(tokens, word - 1)))
      return !isNegatedBefore(tokens, at) && isOfPurchase(tokens, word - 1, at);
  }
  return false;
}

/** "have to buy now", as against "we have 3 kids now". */
function isOfPurchase(tokens: Tokens, need: number, now: number): boolean {
  if (!/^(?:have|tengo|tenemos)$/.test(wordAt(tokens, need))) return true;
  return ['to', 'que'].includes(wordAt(tokens, need + 1)) && now > need + 2;
}

function readPhrase(tokens: Tokens, match: PhraseMatch<Meaning>): number | 'flexible' | undefined {
  const { meaning } = match.phrase;
  const isDenied = isNegated(tokens, match.start, match.end);
  if (meaning === 0 && isState(tokens, match)) return undefined;
  if (meaning === 'pressure') return readPressure(tokens, match, isDenied);
  if (meaning === 'flexible') {
    return isDenied || isAboutSomethingElse(tokens, match) ? undefined : 'flexible';
  }
  // "not urgent" and "not asap" only say what it is not.
  return isDenied ? undefined : meaning;
}

const STATES = wordSet(
  'rent renting live living rates rate market work working busy driving browsing shopping lease expensive crazy',
);
const STATE_REACH_WORDS = 6;

/** "renting right now", "rates are crazy right now": how it is, and not when. */
function isState(tokens: Tokens, { start }: PhraseMatch<Meaning>): boolean {
  const isNow = wordAt(tokens, start) === 'right' && wordAt(tokens, start + 1) === 'now';
  return isNow && holdsBefore(tokens, start, STATE_REACH_WORDS, STATES);
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
  return (
    holdsBefore(tokens, start, TOPIC_REACH_WORDS, OTHER_TOPICS) ||
    holdsAfter(tokens, end, TOPIC_REACH_WORDS, OTHER_TOPICS)
  );
}

function toTimeline(days: number): Timeline {
  return STEPS.find(([upTo]) => days <= upTo)?.[1] ?? '1_year';
}
