/** Days of the calendar as whole numbers: days since 1 January 1970. Zones and clocks have no part in them. */
export type Day = number;

export interface DateParts {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  /** 1 is Monday. */
  readonly weekday: number;
}

const MS_PER_DAY = 86_400_000;
const DAYS_PER_WEEK = 7;
/** 1 January 1970 was a Thursday. */
const WEEKDAY_OF_FIRST = 3;

/** A month of 13 and a day of 32 run over into the next, as does a 29 February into March. */
export function dayOn(year: number, month: number, dayOfMonth: number): Day {
  return Date.UTC(year, month - 1, dayOfMonth) / MS_PER_DAY;
}

export function partsOf(day: Day): DateParts {
  const date = new Date(day * MS_PER_DAY);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    weekday: ((((day + WEEKDAY_OF_FIRST) % DAYS_PER_WEEK) + DAYS_PER_WEEK) % DAYS_PER_WEEK) + 1,
  };
}

export function lastOfMonth(year: number, month: number): Day {
  return dayOn(year, month + 1, 0);
}

/** Undefined where the month has no such day. */
export function dateOn(year: number, month: number, dayOfMonth: number): Day | undefined {
  const isThere = dayOfMonth >= 1 && dayOn(year, month, dayOfMonth) <= lastOfMonth(year, month);
  return isThere ? dayOn(year, month, dayOfMonth) : undefined;
}

/** YYYY-MM-DD. */
export function isoDate(day: Day): string {
  return new Date(day * MS_PER_DAY).toISOString().slice(0, 10);
}

/** Made once for each zone: making one takes longer than all that is done with it. */
const FORMATS = new Map<string, Intl.DateTimeFormat>();

/** The day that it is there. */
export function dayThere(at: Date, timeZone: string): Day {
  const format =
    FORMATS.get(timeZone) ??
    new Intl.DateTimeFormat('en-CA', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
  FORMATS.set(timeZone, format);
  const [year = 0, month = 1, day = 1] = format.format(at).split('-').map(Number);
  return dayOn(year, month, day);
}
