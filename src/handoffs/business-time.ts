import { DateTime, IANAZone } from 'luxon';
import type { BusinessHours, Opening } from '../config/business-hours.js';

const MINUTE_MS = 60_000;
const MINUTES_PER_DAY = 1_440;

/**
 * The moment at which `minutes` of business time have passed since `start`. Outside business hours
 * the clock stands still: it starts, or goes on, at the next opening. Openings are wall-clock times
 * of the zone, their length is real time, so a day on which the clocks change is as long as it is.
 *
 * @param zone IANA name; an unknown one counts as UTC, because a deadline must never be lost
 */
export function addBusinessTime(
  start: Date,
  minutes: number,
  hours: BusinessHours,
  zone: string,
): Date {
  const local = DateTime.fromJSDate(start, { zone: IANAZone.isValidZone(zone) ? zone : 'utc' });
  let cursorMs = start.getTime();
  let remainingMs = minutes * MINUTE_MS;
  for (let day = local.startOf('day'); ; day = day.plus({ days: 1 }).startOf('day')) {
    for (const opening of openingsOf(day, hours)) {
      const fromMs = Math.max(cursorMs, instantOf(day, opening.fromMinute));
      const openMs = Math.max(0, instantOf(day, opening.toMinute) - fromMs);
      if (openMs > 0 && remainingMs <= openMs) return new Date(fromMs + remainingMs);
      remainingMs -= openMs;
      cursorMs = fromMs + openMs;
    }
  }
}

/** Sorted, so that openings that overlap are not counted twice. */
function openingsOf(day: DateTime, hours: BusinessHours): readonly Opening[] {
  return hours
    .filter(({ weekday }) => weekday === day.weekday)
    .sort((left, right) => left.fromMinute - right.fromMinute);
}

/** Set, not added: 8:00 is 8:00 on the wall, also after a night in which the clocks changed. */
function instantOf(day: DateTime, minute: number): number {
  if (minute === MINUTES_PER_DAY) return day.plus({ days: 1 }).startOf('day').toMillis();
  return day.set({ hour: Math.floor(minute / 60), minute: minute % 60 }).toMillis();
}
