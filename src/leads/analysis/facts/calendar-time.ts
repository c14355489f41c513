import { dayOn, partsOf, type Day } from './days.js';
import type { DayOfYear } from './calendar-words.js';

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

export interface Words {
  readonly start: number;
  readonly end: number;
  readonly isAmbiguous?: boolean;
  readonly isPlan?: boolean;
}

export function onDate(words: Words, date: Day, today: Today): CalendarTime | undefined {
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

export function between(words: Words, from: Day, to: Day, today: Today): CalendarTime {
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
export function nextDay(today: Today, { month, day: dayOfMonth }: DayOfYear): Day {
  const { year } = partsOf(today);
  const thisYear = dayOn(year, month, dayOfMonth);
  return thisYear < today ? dayOn(year + 1, month, dayOfMonth) : thisYear;
}
