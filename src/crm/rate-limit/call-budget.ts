/** The CRM counts calls in windows of this length. */
export const LIMIT_WINDOW_MS = 10_000;

const BURST_SHARE = 0.2;
const MICROS_PER_MS = 1_000;

/** The two numbers of a generic cell rate algorithm (GCRA). */
export interface CallBudget {
  /** Calls that may follow each other at once after a pause. */
  readonly burst: number;
  /** Microseconds, PostgreSQL's own unit of time, between calls at a sustained pace. */
  readonly intervalMicros: number;
}

/**
 * Within any closed window of 10 s GCRA grants at most `burst + window / interval` calls. A fifth of
 * the limit is burst and the rest is pace, so the sum never exceeds the limit wherever the window
 * lies. A limit of one call is kept by pacing it at half.
 */
export function callBudget(limitPer10s: number): CallBudget {
  if (!Number.isInteger(limitPer10s) || limitPer10s < 1) {
    throw new RangeError(`The CRM rate limit must be a whole number above 0, not ${limitPer10s}.`);
  }
  const burst = Math.max(1, Math.floor(limitPer10s * BURST_SHARE));
  const paced = Math.max(limitPer10s - burst, 0.5);
  return { burst, intervalMicros: Math.ceil((LIMIT_WINDOW_MS * MICROS_PER_MS) / paced) };
}
