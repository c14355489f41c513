const WINDOW_MS = 10_000;
const DAILY_LIMIT = 200_000;
const MAX_LOCATIONS = 1_000;

/** Counts calls per location over a sliding window, stricter than the fixed one the CRM may use. */
export class SandboxRateWindow {
  private readonly times = new Map<string, number[]>();

  constructor(private readonly limitPer10s: number) {}

  /** Headers of the reply, and whether the call may pass. */
  count(
    locationId: string,
    nowMs: number,
  ): { readonly passes: boolean; readonly headers: Readonly<Record<string, string>> } {
    const recent = (this.times.get(locationId) ?? []).filter((at) => at > nowMs - WINDOW_MS);
    const passes = recent.length < this.limitPer10s;
    if (passes) recent.push(nowMs);
    this.remember(locationId, recent);
    return { passes, headers: this.headers(recent.length) };
  }

  private headers(used: number): Readonly<Record<string, string>> {
    return {
      'X-RateLimit-Limit-Daily': String(DAILY_LIMIT),
      'X-RateLimit-Daily-Remaining': String(DAILY_LIMIT - used),
      'X-RateLimit-Interval-Milliseconds': String(WINDOW_MS),
      'X-RateLimit-Max': String(this.limitPer10s),
      'X-RateLimit-Remaining': String(this.limitPer10s - used),
    };
  }

  private remember(locationId: string, recent: number[]): void {
    this.times.delete(locationId);
    this.times.set(locationId, recent);
    const [idle] = this.times.keys();
    if (this.times.size > MAX_LOCATIONS && idle !== undefined) this.times.delete(idle);
  }
}
