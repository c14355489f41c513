export type RateLimitGrant =
  /** The slot is booked: call in `waitMs`, not before. */
  | { readonly granted: true; readonly waitMs: number }
  | { readonly granted: false; readonly retryAfterMs: number };

/**
 * Our own share of the CRM's limit, per location and shared by all replicas. Also the injection
 * token.
 */
export abstract class CrmRateLimiter {
  /** Books the next slot for `calls` at once, or nothing where it is further away than `patienceMs`. */
  abstract take(locationId: string, calls: number, patienceMs: number): Promise<RateLimitGrant>;
  /** The CRM itself said 429: nobody may call for `waitMs`. */
  abstract penalise(locationId: string, waitMs: number): Promise<void>;
}
