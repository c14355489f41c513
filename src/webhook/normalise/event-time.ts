/** Clocks differ; an event further ahead of ours than this has a wrong time. */
const MAX_AHEAD_MS = 5 * 60_000;
/** The CRM did not exist earlier. */
const EARLIEST_MS = Date.UTC(2000, 0, 1);
/** Below this a number counts seconds, above it milliseconds (it is 1973 in milliseconds, the year 5138 in seconds). */
const FIRST_EPOCH_MS = 100_000_000_000;

const ISO_TIME =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)\s?(Z|[+-]\d{2}:?\d{2})?)?$/i;
const EPOCH = /^\d{9,13}$/;

/** The first usable time among the candidates; the time of arrival when there is none. */
export function eventTime(candidates: readonly unknown[], receivedAt: Date): Date {
  for (const candidate of candidates) {
    const instantMs = parseInstant(candidate);
    if (instantMs >= EARLIEST_MS && instantMs <= receivedAt.getTime() + MAX_AHEAD_MS) {
      return new Date(instantMs);
    }
  }
  return receivedAt;
}

/** Milliseconds since 1970; NaN when the value is no time. `Date.parse` alone reads a date into almost any text. */
function parseInstant(value: unknown): number {
  if (typeof value === 'number') return fromEpoch(value);
  if (typeof value !== 'string') return Number.NaN;
  const text = value.trim();
  if (EPOCH.test(text)) return fromEpoch(Number(text));
  const [, day, time, zone] = ISO_TIME.exec(text) ?? [];
  if (day === undefined || !isCalendarDay(day)) return Number.NaN;
  return Date.parse(time === undefined ? day : `${day}T${time}${isoZone(zone)}`);
}

/** `Date.parse` reads 30 February as a day in March. */
function isCalendarDay(day: string): boolean {
  const instantMs = Date.parse(day);
  return !Number.isNaN(instantMs) && new Date(instantMs).toISOString().startsWith(day);
}

function fromEpoch(value: number): number {
  return value < FIRST_EPOCH_MS ? value * 1000 : value;
}

/** A time without a zone is UTC: it must not depend on where this server stands. */
function isoZone(zone: string | undefined): string {
  if (zone === undefined) return 'Z';
  return zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone.toUpperCase();
}
