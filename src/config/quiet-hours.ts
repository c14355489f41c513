/** Local minutes of the day between which no proactive text goes out; `from` later than `to` is over midnight. */
export interface QuietStretch {
  readonly fromMinute: number;
  readonly toMinute: number;
}

/** By ISO weekday, 1 Monday to 7 Sunday: what of that very day is quiet. */
export type QuietHours = Readonly<Record<number, QuietStretch>>;

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const MINUTES_PER_DAY = 1_440;
const STRETCH = /^(\d{1,2})(?::([0-5]\d))?-(\d{1,2})(?::([0-5]\d))?$/;
const PART = /^(?:([a-z]{3})(?:-([a-z]{3}))? )?([\d:-]+)$/;

/**
 * Reads `21-8`, or by weekday `Mon-Sat 21-9, Sun 21-12`. On a day of `21-9` what is before 9 and from 21
 * on is quiet. Undefined when it cannot be read, or leaves a day out.
 */
export function parseQuietHours(text: string): QuietHours | undefined {
  const hours: Record<number, QuietStretch> = {};
  for (const part of text.trim().toLowerCase().replace(/\s+/g, ' ').split(',')) {
    const [, first, last, stretch = ''] = PART.exec(part.trim()) ?? [];
    const read = parseStretch(stretch);
    const days = first === undefined ? WEEKDAYS.map((_, day) => day) : daysBetween(first, last);
    if (read === undefined || days.length === 0) return undefined;
    for (const day of days) hours[day + 1] = read;
  }
  return Object.keys(hours).length === WEEKDAYS.length ? hours : undefined;
}

function parseStretch(text: string): QuietStretch | undefined {
  const [, fromHour, fromRest, toHour, toRest] = STRETCH.exec(text) ?? [];
  const fromMinute = minuteOfDay(fromHour, fromRest);
  const toMinute = minuteOfDay(toHour, toRest);
  const isStretch =
    fromMinute < MINUTES_PER_DAY && toMinute < MINUTES_PER_DAY && fromMinute !== toMinute;
  return isStretch ? { fromMinute, toMinute } : undefined;
}

function daysBetween(first: string, last: string | undefined): readonly number[] {
  const from = WEEKDAYS.indexOf(first);
  const to = WEEKDAYS.indexOf(last ?? first);
  if (from < 0 || to < 0) return [];
  const count = ((to - from + WEEKDAYS.length) % WEEKDAYS.length) + 1;
  return Array.from({ length: count }, (_, index) => (from + index) % WEEKDAYS.length);
}

function minuteOfDay(hour: string | undefined, minute = '0'): number {
  return Number(hour) * 60 + Number(minute);
}
