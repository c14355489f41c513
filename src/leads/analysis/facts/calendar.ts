import { compileLexicon, phraseList, phraseStartingAt, standsAt } from '../text/phrases.js';
import { continuesClause, type Tokens, wordAt, wordSet } from '../text/tokenize.js';
import {
  MONTHS,
  AMBIGUOUS,
  SEASONS,
  HOLIDAYS,
  WEEKDAYS,
  PARTS,
  OF,
  PAST,
  HOLIDAY_STARTS,
} from './calendar-words.js';
import { dayAt, isOrdinal, readDated, readNumericDate, readYear } from './calendar-dates.js';
import { between, nextDay, onDate, type CalendarTime, type Today } from './calendar-time.js';
import { dayOn, lastOfMonth, partsOf } from './days.js';

/** Whether a token may begin what the calendar knows: most messages hold none, and need no date. */
export function mayBeCalendar(tokens: Tokens, at: number): boolean {
  const word = wordAt(tokens, at);
  if (word === 'the' || word === 'el')
    return tokens[at + 1]?.kind === 'number' || HOLIDAY_STARTS.has(word);
  const isKnown = [WEEK_PARTS, MONTHS, SEASONS, PARTS, WEEKDAYS, HOLIDAY_STARTS].some((words) =>
    words.has(word),
  );
  return isKnown || tokens[at]?.kind === 'opaque';
}

/** What the calendar says at `at`; undefined where it says nothing, or something that is over. */
export function readCalendar(tokens: Tokens, at: number, today: Today): CalendarTime | undefined {
  const time = readThisTime(tokens, at, today);
  return time && inNextYear(tokens, time, today);
}

const NEXT_YEAR = compileLexicon([
  [
    true,
    phraseList('next year, of next year, del proximo año, del año que viene, del proximo ano'),
  ],
]);

/** "thanksgiving next year": of the two to come the second, where the first is still this year's. */
function inNextYear(tokens: Tokens, time: CalendarTime, today: Today): CalendarTime {
  const isJoined = continuesClause(tokens, time.end);
  const said = isJoined ? phraseStartingAt(tokens, time.end, NEXT_YEAR) : undefined;
  if (said === undefined) return time;
  const { year } = partsOf(today);
  const isThen = partsOf(today + time.days.last).year > year;
  const shift = isThen ? 0 : dayOn(year + 1, 1, 1) - dayOn(year, 1, 1);
  const { first, middle, last } = time.days;
  const days = { first: first + shift, middle: middle + shift, last: last + shift };
  return { ...time, end: said.end, isPlan: true, days };
}

function readThisTime(tokens: Tokens, at: number, today: Today): CalendarTime | undefined {
  return (
    readNumericDate(tokens, at, today) ??
    readHoliday(tokens, at, today) ??
    readPart(tokens, at, today) ??
    readMonth(tokens, at, today) ??
    readSeason(tokens, at, today) ??
    readDayOfMonth(tokens, at, today) ??
    readWeekday(tokens, at, today)
  );
}

function readHoliday(tokens: Tokens, at: number, today: Today): CalendarTime | undefined {
  const word = wordAt(tokens, at);
  if (!HOLIDAY_STARTS.has(word)) return undefined;
  const found = HOLIDAYS.find(([words]) => standsAt(tokens, at, words));
  if (found === undefined) return undefined;
  const [words, date] = found;
  return onDate({ start: at, end: at + words.length, isPlan: true }, nextDay(today, date), today);
}

/** "end of summer", "mid January", "a finales de marzo". */
function readPart(tokens: Tokens, at: number, today: Today): CalendarTime | undefined {
  const part = PARTS.get(wordAt(tokens, at)) ?? weekOf(tokens, at);
  if (part === undefined) return undefined;
  let next = WEEKS.has(wordAt(tokens, at + 1)) ? at + 2 : at + 1;
  while (next < at + 4 && OF.has(wordAt(tokens, next))) next += 1;
  if (!continuesClause(tokens, next)) return undefined;
  const whole = readMonth(tokens, next, today) ?? readSeason(tokens, next, today);
  if (whole === undefined || whole.isDate) return undefined;
  const days = whole.days[part];
  return {
    ...whole,
    start: at,
    isAmbiguous: false,
    isPlan: true,
    days: { first: days, middle: days, last: days },
  };
}

const WEEKS = wordSet('week weeks part half semana quincena');
const WEEK_PARTS: ReadonlyMap<string, 'middle' | 'last'> = new Map([
  ...['second', 'third', 'segunda', 'tercera'].map((word) => [word, 'middle'] as const),
  ...['last', 'ultima'].map((word) => [word, 'last'] as const),
]);

/** "the last week of February". */
function weekOf(tokens: Tokens, at: number): 'middle' | 'last' | undefined {
  return WEEKS.has(wordAt(tokens, at + 1)) ? WEEK_PARTS.get(wordAt(tokens, at)) : undefined;
}

/** "January", "Jan 15th", "march 2027", "15 de enero". */
function readMonth(tokens: Tokens, at: number, today: Today): CalendarTime | undefined {
  const month = MONTHS.get(wordAt(tokens, at));
  if (month === undefined || isOver(tokens, at)) return undefined;
  const dated = readDated(tokens, at, month, today);
  if (dated !== undefined) return dated.time;
  const { named, end } = readYear(tokens, at + 1);
  const year = named ?? yearOfNext(today, month);
  const [from, to] = [dayOn(year, month, 1), lastOfMonth(year, month)];
  if (to < today) return undefined;
  const isAmbiguous = AMBIGUOUS.has(wordAt(tokens, at)) && named === undefined;
  return between({ start: at, end, isAmbiguous }, from, to, today);
}

/** The month that runs counts as itself. */
function yearOfNext(today: Today, month: number): number {
  const { year, month: thisMonth } = partsOf(today);
  return month < thisMonth ? year + 1 : year;
}

const NEARLY_OVER_DAYS = 45;

/** "summer", "next fall", "spring of 2028", "Q1". */
function readSeason(tokens: Tokens, at: number, today: Today): CalendarTime | undefined {
  const season = SEASONS.get(wordAt(tokens, at));
  if (season === undefined || isOver(tokens, at)) return undefined;
  const [from, to] = season;
  const { named, end } = readYear(tokens, at + 1);
  const last = named === undefined ? nextDay(today, to) : dayOn(named, to.month, to.day);
  const endsIn = partsOf(last).year;
  const startsIn = from.month > to.month ? endsIn - 1 : endsIn;
  const isMeantNext = named === undefined && isNextOne(tokens, at, last - today);
  const shift = isMeantNext && dayOn(startsIn, from.month, from.day) <= today ? 1 : 0;
  if (last < today) return undefined;
  const isAmbiguous = VERBS.has(wordAt(tokens, at)) && named === undefined;
  return between(
    { start: at, end, isAmbiguous },
    dayOn(startsIn + shift, from.month, from.day),
    dayOn(endsIn + shift, to.month, to.day),
    today,
  );
}

/** Seasons that are verbs as well. */
const VERBS = wordSet('fall spring');

/** Who speaks of a season that is nearly over means the next. */
function isNextOne(tokens: Tokens, at: number, daysLeft: number): boolean {
  const before = wordAt(tokens, at - 1);
  return before === 'next' || (daysLeft < NEARLY_OVER_DAYS && before !== 'this');
}

/** "the 15th", "el 15". */
function readDayOfMonth(tokens: Tokens, at: number, today: Today): CalendarTime | undefined {
  const article = wordAt(tokens, at);
  const found = article === 'the' || article === 'el' ? dayAt(tokens, at + 1) : undefined;
  if (found === undefined || !isDayByItself(tokens, at, found.end)) return undefined;
  const { year, month, day: todaysDay } = partsOf(today);
  const date = dayOn(year, found.value < todaysDay ? month + 1 : month, found.value);
  return onDate({ start: at, end: found.end, isAmbiguous: true }, date, today);
}

function isDayByItself(tokens: Tokens, at: number, end: number): boolean {
  const isSpelt = wordAt(tokens, at) === 'el' || isOrdinal(tokens, at + 2);
  const follows = wordAt(tokens, end);
  return (
    continuesClause(tokens, at + 1) &&
    isSpelt &&
    follows !== 'of' &&
    follows !== 'de' &&
    !WHOLE_THINGS.has(follows)
  );
}

const WHOLE_THINGS = wordSet('floor time house one st street grade day week month year largest');

function readWeekday(tokens: Tokens, at: number, today: Today): CalendarTime | undefined {
  const weekday = WEEKDAYS.get(wordAt(tokens, at));
  if (weekday === undefined) return undefined;
  const ahead = (weekday - partsOf(today).weekday + 7) % 7 || 7;
  return onDate({ start: at, end: at + 1, isAmbiguous: true }, today + ahead, today);
}

/** "last March", "since June", "back in May". */
function isOver(tokens: Tokens, at: number): boolean {
  return [at - 1, at - 2].some(
    (index) => continuesClause(tokens, index + 1) && PAST.has(wordAt(tokens, index)),
  );
}
