const DAY_MS = 86_400_000;
/** A Monday: partitions of seven days are weeks. */
const GRID_ORIGIN_MS = Date.UTC(1970, 0, 5);
const MOST_PARTITIONS = 20;
const WEEK_DAYS = 7;

/** A span of time; `until` is not part of it. */
export interface TimeRange {
  readonly from: Date;
  readonly until: Date;
}

/**
 * Days in one partition of a table that keeps its rows for `keepDays`: what has had its time goes a
 * partition at a time, so a row outlives its time by less than one. At most a week where that makes
 * some twenty partitions, since every query without a time looks into each of them.
 */
export function partitionDays(keepDays: number): number {
  const dropsOften = Math.min(WEEK_DAYS, Math.ceil(keepDays / 4));
  return Math.max(dropsOften, Math.ceil(keepDays / MOST_PARTITIONS));
}

/**
 * Ranges that are to be made so that what is written from `now` on finds its partition, for one
 * partition's length ahead: the grid without what exists, whatever length that was made with.
 *
 * @param existing in order, none overlapping another
 */
export function missingRanges(
  existing: readonly TimeRange[],
  now: Date,
  days: number,
): readonly TimeRange[] {
  const widthMs = days * DAY_MS;
  const missing: TimeRange[] = [];
  let at = gridStart(now.getTime(), widthMs);
  while (at <= now.getTime() + widthMs) {
    const here = existing.find(({ from, until }) => from.getTime() <= at && at < until.getTime());
    const next = existing.find(({ from }) => from.getTime() > at);
    const end = gridStart(at, widthMs) + widthMs;
    const until = here?.until.getTime() ?? Math.min(end, next?.from.getTime() ?? end);
    if (here === undefined) missing.push({ from: new Date(at), until: new Date(until) });
    at = until;
  }
  return missing;
}

function gridStart(atMs: number, widthMs: number): number {
  return Math.floor((atMs - GRID_ORIGIN_MS) / widthMs) * widthMs + GRID_ORIGIN_MS;
}
