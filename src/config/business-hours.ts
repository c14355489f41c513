/** One stretch of one weekday in which the team answers, in minutes of the local day. */
export interface Opening {
  /** 1 Monday to 7 Sunday, as ISO 8601 counts. */
  readonly weekday: number;
  readonly fromMinute: number;
  /** 1440 is midnight at the end of the day. */
  readonly toMinute: number;
}

/** At least one opening, so that every deadline comes. */
export type BusinessHours = readonly [Opening, ...Opening[]];

const MINUTES_PER_DAY = 1_440;
const DAYS_PER_WEEK = 7;
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const ALWAYS: BusinessHours = [
  { weekday: 1, fromMinute: 0, toMinute: MINUTES_PER_DAY },
  ...[2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, fromMinute: 0, toMinute: MINUTES_PER_DAY })),
];
const PART = /^([a-z]{3})(?:-([a-z]{3}))? (\d{1,2})(?::([0-5]\d))?-(\d{1,2})(?::([0-5]\d))?$/;

/**
 * Reads `Mon-Fri 8-20, Sat 9-12:30` or `always`; days and hours include their first and, of days,
 * their last. Undefined when it cannot be read; a stretch over midnight has to be written as two.
 */
export function parseBusinessHours(text: string): BusinessHours | undefined {
  const words = text.trim().toLowerCase().replace(/\s+/g, ' ');
  if (words === 'always') return ALWAYS;
  const parts = words.split(',').map((part) => parsePart(part.trim()));
  if (parts.includes(undefined)) return undefined;
  const [first, ...others] = parts.flatMap((part) => part ?? []);
  return first === undefined ? undefined : [first, ...others];
}

function parsePart(part: string): readonly Opening[] | undefined {
  const [, firstDay = '', lastDay, fromHour, fromRest, toHour, toRest] = PART.exec(part) ?? [];
  const weekdays = weekdaysBetween(firstDay, lastDay ?? firstDay);
  const fromMinute = minuteOfDay(fromHour, fromRest);
  const toMinute = minuteOfDay(toHour, toRest);
  const isStretch = fromMinute < toMinute && toMinute <= MINUTES_PER_DAY;
  if (weekdays === undefined || !isStretch) return undefined;
  return weekdays.map((weekday) => ({ weekday, fromMinute, toMinute }));
}

/** `Sat-Mon` runs over the end of the week. */
function weekdaysBetween(firstDay: string, lastDay: string): readonly number[] | undefined {
  const first = WEEKDAYS.indexOf(firstDay);
  const last = WEEKDAYS.indexOf(lastDay);
  if (first < 0 || last < 0) return undefined;
  const count = ((last - first + DAYS_PER_WEEK) % DAYS_PER_WEEK) + 1;
  return Array.from({ length: count }, (_, index) => ((first + index) % DAYS_PER_WEEK) + 1);
}

function minuteOfDay(hour: string | undefined, minute = '0'): number {
  return Number(hour) * 60 + Number(minute);
}
