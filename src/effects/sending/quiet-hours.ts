import { DateTime } from 'luxon';
import type { QuietHours } from '../../config/configuration.js';

/**
 * The first moment from `now` on at which a proactive text may go out: outside quiet hours in every
 * one of these zones, since where zones disagree the stricter reading protects the lead.
 *
 * @param zones IANA names; unknown ones are ignored
 * @returns `now` itself when nothing stands against it
 */
export function nextAllowedTime(now: Date, zones: readonly string[], quiet: QuietHours): Date {
  let moment = now;
  // Each pass can only move forward; as many passes as zones settle every overlap within a day.
  for (let pass = 0; pass <= zones.length; pass += 1) {
    const moved = zones.reduce((time, zone) => leaveQuietHours(time, zone, quiet), moment);
    if (moved.getTime() === moment.getTime()) return moment;
    moment = moved;
  }
  return moment;
}

function leaveQuietHours(moment: Date, zone: string, { fromHour, toHour }: QuietHours): Date {
  const local = DateTime.fromJSDate(moment, { zone });
  if (!local.isValid || !isQuiet(local.hour, fromHour, toHour)) return moment;
  const end = local.set({ hour: toHour, minute: 0, second: 0, millisecond: 0 });
  return (end > local ? end : end.plus({ days: 1 })).toJSDate();
}

function isQuiet(hour: number, fromHour: number, toHour: number): boolean {
  return fromHour < toHour ? hour >= fromHour && hour < toHour : hour >= fromHour || hour < toHour;
}
