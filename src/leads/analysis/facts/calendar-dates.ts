import { continuesClause, type Tokens, wordAt } from '../text/tokenize.js';
import { nextDay, onDate, type CalendarTime, type Today } from './calendar-time.js';
import { ORDINALS } from './calendar-words.js';
import { dateOn, type Day } from './days.js';

/** Dates and years as figures. */

/** "6/15", "02/15/2027". */
export function readNumericDate(
  tokens: Tokens,
  at: number,
  today: Today,
): CalendarTime | undefined {
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

/** "2027", "of 2027". */
export function readYear(
  tokens: Tokens,
  at: number,
): { readonly named: number | undefined; readonly end: number } {
  const isOf = wordAt(tokens, at) === 'of' || wordAt(tokens, at) === 'de';
  const year = yearAt(tokens, isOf ? at + 1 : at);
  if (year === undefined) return { named: undefined, end: at };
  return { named: year, end: isOf ? at + 2 : at + 1 };
}

interface Dated {
  /** Undefined: it is over. */
  readonly time: CalendarTime | undefined;
}

export function readDated(
  tokens: Tokens,
  at: number,
  month: number,
  today: Today,
): Dated | undefined {
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

export function dayAt(
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

export function isOrdinal(tokens: Tokens, at: number): boolean {
  return tokens[at]?.isGlued === true && ORDINALS.has(wordAt(tokens, at));
}

function yearAt(tokens: Tokens, at: number): number | undefined {
  const token = tokens[at];
  const isYear = token?.kind === 'number' && token.value >= 1990 && token.value <= 2099;
  return isYear && continuesClause(tokens, at) ? token.value : undefined;
}
