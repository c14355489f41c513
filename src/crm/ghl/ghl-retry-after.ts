/** Header names in lower case, as Node gives them. */
export type ReplyHeaders = Readonly<Record<string, unknown>>;

/** The CRM's own window, where it tells nothing. */
const DEFAULT_WAIT_MS = 10_000;
const MIN_WAIT_MS = 250;
/** HighLevel's SDK caps the interval at the same 30 s. */
const MAX_INTERVAL_MS = 30_000;
/** With the day's calls used up: ask again each hour, whatever the reset header says. */
const DAILY_WAIT_MS = 3_600_000;
const MAX_RETRY_AFTER_MS = 3_600_000;
/** Beyond this a reset header is a time of day in epoch milliseconds, not a span. */
const EPOCH_FROM_MS = 1_000_000_000_000;

/** How long to wait after a 429. The strictest thing the reply says counts. */
export function retryAfterMs(headers: ReplyHeaders, now: Date): number {
  if (readNumber(headers, 'x-ratelimit-daily-remaining') === 0) return dailyWaitMs(headers, now);
  const asked = readRetryAfterMs(headers, now);
  if (asked !== undefined) return clamp(asked, MIN_WAIT_MS, MAX_RETRY_AFTER_MS);
  const interval = readNumber(headers, 'x-ratelimit-interval-milliseconds') ?? DEFAULT_WAIT_MS;
  return clamp(interval, MIN_WAIT_MS, MAX_INTERVAL_MS);
}

function dailyWaitMs(headers: ReplyHeaders, now: Date): number {
  const reset = readNumber(headers, 'x-ratelimit-daily-reset') ?? DAILY_WAIT_MS;
  const waitMs = reset > EPOCH_FROM_MS ? reset - now.getTime() : reset;
  return clamp(waitMs, DEFAULT_WAIT_MS, DAILY_WAIT_MS);
}

/** RFC 9110: seconds or a date. */
function readRetryAfterMs(headers: ReplyHeaders, now: Date): number | undefined {
  const seconds = readNumber(headers, 'retry-after');
  if (seconds !== undefined) return seconds * 1_000;
  const raw = headers['retry-after'];
  const at = typeof raw === 'string' ? Date.parse(raw) : Number.NaN;
  return Number.isNaN(at) ? undefined : at - now.getTime();
}

function readNumber(headers: ReplyHeaders, name: string): number | undefined {
  const raw = headers[name];
  if (typeof raw !== 'string' || raw.trim() === '') return undefined;
  const value = Number(raw);
  return Number.isFinite(value) && value >= 0 ? value : undefined;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
