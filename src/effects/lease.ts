/** A claim ends after this time if its process dies; renewed before each message. */
export const LEASE_MS = 60_000;
/**
 * No new effect is begun in a lane this close to the end of its lease: a call waits 6 s for its turn
 * and 10 s for its answer, and the longest effect (a look-up and a send) makes three of them.
 */
export const LEASE_MARGIN_MS = 50_000;
