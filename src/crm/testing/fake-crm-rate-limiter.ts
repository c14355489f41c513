import { CrmRateLimiter, type RateLimitGrant } from '../rate-limit/crm-rate-limiter.port.js';

/** For tests: grants everything unless told what to answer next. */
export class FakeCrmRateLimiter extends CrmRateLimiter {
  readonly answers: RateLimitGrant[] = [];
  readonly taken: string[] = [];
  readonly penalties: { readonly locationId: string; readonly waitMs: number }[] = [];

  override take(locationId: string, calls: number): Promise<RateLimitGrant> {
    for (let call = 0; call < calls; call += 1) this.taken.push(locationId);
    return Promise.resolve(this.answers.shift() ?? { granted: true, waitMs: 0 });
  }

  override penalise(locationId: string, waitMs: number): Promise<void> {
    this.penalties.push({ locationId, waitMs });
    return Promise.resolve();
  }
}
