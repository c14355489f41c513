import { DateTime } from 'luxon';
import type { QuietHours, QuietStretch } from '../../config/quiet-hours.js';

/** A week has at most two stretches a day to leave behind, in each zone. */
const MAX_PASSES = 32;

/**
 * The first moment from `now` on at which a proactive text may go out: outside quiet hours in every
 * one of these zones, since where zones disagree the stricter reading protects the lead.
 *
 * @param zones IANA names; unknown ones are ignored
 * @returns `now` itself when nothing stands against it
 */
export function nextAllowedTime(now: Date, zones: readonly string[], quiet: QuietHours): Date {
  let moment = now;
  // Each pass can only move forward; a gap that no zone leaves open ends after a week.
  for (let pass = 0; pass < MAX_PASSES; pass += 1) {
    const moved = zones.reduce((time, zone) => leaveQuietHours(time, zone, quiet), moment);
    if (moved.getTime() === moment.getTime()) return moment;
    moment = moved;
  }
  return moment;
}

function leaveQuietHours(moment: Date, zone: string, quiet: QuietHours): Date {
  const local = DateTime.fromJSDate(moment, { zone });
  if (!local.isValid) return moment;
  const stretch = quiet[local.weekday];
  const end = stretch === undefined ? undefined : endOfQuiet(minuteOf(local), stretch);
  return end === undefined ? moment : atMinute(local, end).toJSDate();
}

function minuteOf(local: DateTime): number {
  return local.hour * 60 + local.minute;
}

/** The minute of the same day at which it ends; undefined when this minute is not quiet. */
function endOfQuiet(minute: number, { fromMinute, toMinute }: QuietStretch): number | undefined {
  if (fromMinute < toMinute) {
    return minute >= fromMinute && minute < toMinute ? toMinute : undefined;
  }
  if (minute < toMinute) return toMinute;
  // The next day has its own morning.
  return minute >= fromMinute ? MINUTES_PER_DAY : undefined;
}

const MINUTES_PER_DAY = 1_440;

function atMinute(local: DateTime, minute: number): DateTime {
  const day = local.startOf('day');
  if (minute === MINUTES_PER_DAY) return day.plus({ days: 1 });
  return day.set({ hour: Math.floor(minute / 60), minute: minute % 60 });
}
