export type RateLimitGrant =
  { readonly granted: true } | { readonly granted: false; readonly retryAfterMs: number };

/**
 * Our own share of the CRM's limit, per location and shared by all replicas. Also the injection
 * token.
 */
export abstract class CrmRateLimiter {
  /** Takes `calls` at once or none of them. */
  abstract take(locationId: string, calls: number): Promise<RateLimitGrant>;
  /** The CRM itself said 429: nobody may call for `waitMs`. */
  abstract penalise(locationId: string, waitMs: number): Promise<void>;
}
