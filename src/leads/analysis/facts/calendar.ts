import { dateOn, dayOn, lastOfMonth, partsOf, type Day } from './days.js';
import { standsAt } from '../text/phrases.js';
import { continuesClause, type Tokens, wordAt, wordSet } from '../text/tokenize.js';
import {
  MONTHS,
  AMBIGUOUS,
  SEASONS,
  HOLIDAYS,
  WEEKDAYS,
  PARTS,
  OF,
  ORDINALS,
  PAST,
  type DayOfYear,
  HOLIDAY_STARTS,
} from './calendar-words.js';

/** The day that counts as "now", at the place of the lead's search. */
export type Today = Day;

/** A place in the calendar, as words name it. */
export interface CalendarTime {
  readonly start: number;
  /** Index behind its last token. */
  readonly end: number;
  /** Days from today to its beginning, its middle and its end; all the same for a date. */
  readonly days: { readonly first: number; readonly middle: number; readonly last: number };
  /** A bare "may" or "march", which is a verb as often as a month. */
  readonly isAmbiguous: boolean;
  /** Said so that it can be nothing but a plan: "mid January", "first of the year". */
  readonly isPlan: boolean;
  /** A day, not a stretch of days. */
  readonly isDate: boolean;
}

/** Whether a token may begin what the calendar knows: most messages hold none, and need no date. */
export function mayBeCalendar(tokens: Tokens, at: number): boolean {
  const word = wordAt(tokens, at);
  if (word === 'the' || word === 'el')
    return tokens[at + 1]?.kind === 'number' || HOLIDAY_STARTS.has(word);
  const isKnown = [MONTHS, SEASONS, PARTS, WEEKDAYS, HOLIDAY_STARTS].some((words) =>
    words.has(word),
  );
  return isKnown || tokens[at]?.kind === 'opaque';
}

/** What the calendar says at `at`; undefined where it says nothing, or something that is over. */
export function readCalendar(tokens: Tokens, at: number, today: Today): CalendarTime | undefined {
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

interface Words {
  readonly start: number;
  readonly end: number;
  readonly isAmbiguous?: boolean;
  readonly isPlan?: boolean;
}

function onDate(words: Words, date: Day, today: Today): CalendarTime | undefined {
  const days = date - today;
  if (days < 0) return undefined;
  return {
    isAmbiguous: false,
    isPlan: false,
    ...words,
    isDate: true,
    days: { first: days, middle: days, last: days },
  };
}

function between(words: Words, from: Day, to: Day, today: Today): CalendarTime {
  const first = Math.max(0, from - today);
  const last = Math.max(first, to - today);
  const middle = Math.round((first + last) / 2);
  return {
    isAmbiguous: false,
    isPlan: false,
    ...words,
    isDate: false,
    days: { first, middle, last },
  };
}

/** The next such day, today included. */
function nextDay(today: Today, { month, day: dayOfMonth }: DayOfYear): Day {
  const { year } = partsOf(today);
  const thisYear = dayOn(year, month, dayOfMonth);
  return thisYear < today ? dayOn(year + 1, month, dayOfMonth) : thisYear;
}

/** "6/15", "02/15/2027". */
function readNumericDate(tokens: Tokens, at: number, today: Today): CalendarTime | undefined {
  const token = tokens[at];
  if (token?.kind !== 'opaque') return undefined;
  const [, month, dayOfMonth, year] =
    /^(\d{1,2})\/(\d{1,2})(?:\/(\d{4}|\d{2}))?$/.exec(token.text) ?? [];
  if (month === undefined) return undefined;
  const date = dateOf(today, Number(month), Number(dayOfMonth), year);
  return date === undefined ? undefined : onDate({ start: at, end: at + 1 }, date, today);
}

function dateOf(
  today: Today,
  month: number,
  dayOfMonth: number,
  year: string | undefined,
): Day | undefined {
  if (month < 1 || month > 12 || dayOfMonth < 1 || dayOfMonth > 31) return undefined;
  if (year === undefined) return nextDay(today, { month, day: dayOfMonth });
  const full = year.length === 2 ? 2000 + Number(year) : Number(year);
  return dateOn(full, month, dayOfMonth);
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
  const part = PARTS.get(wordAt(tokens, at));
  if (part === undefined) return undefined;
  let next = at + 1;
  while (next < at + 3 && OF.has(wordAt(tokens, next))) next += 1;
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

/** "2027", "of 2027". */
function readYear(
  tokens: Tokens,
  at: number,
): { readonly named: number | undefined; readonly end: number } {
  const isOf = wordAt(tokens, at) === 'of' || wordAt(tokens, at) === 'de';
  const year = yearAt(tokens, isOf ? at + 1 : at);
  if (year === undefined) return { named: undefined, end: at };
  return { named: year, end: isOf ? at + 2 : at + 1 };
}

/** The month that runs counts as itself. */
function yearOfNext(today: Today, month: number): number {
  const { year, month: thisMonth } = partsOf(today);
  return month < thisMonth ? year + 1 : year;
}

interface Dated {
  /** Undefined: it is over. */
  readonly time: CalendarTime | undefined;
}

function readDated(tokens: Tokens, at: number, month: number, today: Today): Dated | undefined {
  const behind = dayAt(tokens, at + 1);
  if (behind !== undefined && continuesClause(tokens, at + 1)) {
    const year = yearAt(tokens, behind.end);
    const date = dateOf(today, month, behind.value, year?.toString());
    const end = year === undefined ? behind.end : behind.end + 1;
    return { time: date === undefined ? undefined : onDate({ start: at, end }, date, today) };
  }
  // "15 de enero", "the 15th of January": read with the month, since the day says nothing alone.
  const before = ['of', 'de'].includes(wordAt(tokens, at - 1))
    ? dayBefore(tokens, at - 1)
    : undefined;
  if (before === undefined) return undefined;
  const date = dateOf(today, month, before.value, undefined);
  const words = { start: before.start, end: at + 1 };
  return { time: date === undefined ? undefined : onDate(words, date, today) };
}

function dayAt(
  tokens: Tokens,
  at: number,
): { readonly value: number; readonly end: number } | undefined {
  const token = tokens[at];
  if (token?.kind !== 'number' || !Number.isInteger(token.value)) return undefined;
  if (token.value < 1 || token.value > 31) return undefined;
  return { value: token.value, end: isOrdinal(tokens, at + 1) ? at + 2 : at + 1 };
}

function dayBefore(
  tokens: Tokens,
  end: number,
): { readonly value: number; readonly start: number } | undefined {
  const at = isOrdinal(tokens, end - 1) ? end - 2 : end - 1;
  const found = dayAt(tokens, at);
  return found && { value: found.value, start: at };
}

function isOrdinal(tokens: Tokens, at: number): boolean {
  return tokens[at]?.isGlued === true && ORDINALS.has(wordAt(tokens, at));
}

function yearAt(tokens: Tokens, at: number): number | undefined {
  const token = tokens[at];
  const isYear = token?.kind === 'number' && token.value >= 1990 && token.value <= 2099;
  return isYear && continuesClause(tokens, at) ? token.value : undefined;
}

const NEARLY_OVER_DAYS = 45;

function readSeason(tokens: Tokens, at: number, today: Today): CalendarTime | undefined {
  const season = SEASONS.get(wordAt(tokens, at));
  if (season === undefined || isOver(tokens, at)) return undefined;
  const [from, to] = season;
  const last = nextDay(today, to);
  const endsIn = partsOf(last).year;
  const startsIn = from.month > to.month ? endsIn - 1 : endsIn;
  // Who speaks of a season that is nearly over means the next.
  const isNearlyOver = last - today < NEARLY_OVER_DAYS;
  const isSaid =
    wordAt(tokens, at - 1) === 'next' || (isNearlyOver && wordAt(tokens, at - 1) !== 'this');
  const isNext = isSaid && dayOn(startsIn, from.month, from.day) <= today;
  const shift = isNext ? 1 : 0;
  // "fall" is a verb as well.
  const isAmbiguous = wordAt(tokens, at) === 'fall' || wordAt(tokens, at) === 'spring';
  return between(
    { start: at, end: at + 1, isAmbiguous },
    dayOn(startsIn + shift, from.month, from.day),
    dayOn(endsIn + shift, to.month, to.day),
    today,
  );
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
