/** A claim ends after this time if its process dies; renewed before each message. */
export const LEASE_MS = 60_000;
/**
 * No new effect is begun in a lane this close to the end of its lease: a call waits 6 s for its turn
 * and 10 s for its answer, and the longest effect (a look-up and a send) makes three of them.
 */
export const LEASE_MARGIN_MS = 50_000;

/** First wait after a failure; doubles with each one. */
const BASE_DELAY_MS = 1_000;
/** A CRM that is back is noticed within this time. */
const MAX_DELAY_MS = 30_000;
/** A CRM that is away may stay away this long before a lead's effects are given up and shown as dead. */
export const GIVE_UP_AFTER_MS = 6 * 3_600_000;

/**
 * Exponential backoff with jitter: a random share of between half and all of the doubled delay, so
 * that lanes that failed together do not come back together.
 *
 * @param failures failures in a row, this one included
 * @param random between 0 and 1
 */
export function backoffMs(failures: number, random: number): number {
  const delay = Math.min(MAX_DELAY_MS, BASE_DELAY_MS * 2 ** Math.min(failures - 1, 20));
  return Math.round(delay * (0.5 + random / 2));
}
