import { LatencyHistogram } from './latency-histogram.js';

const P95 = 95;

/** The document of one span of time, in the public words of `GET /metrics`. */
export interface WindowSnapshot {
  readonly requests_total: number;
  readonly errors_total: number;
  readonly latency_ms_sum: number;
  readonly latency_ms_count: number;
  readonly latency_ms_avg: number;
  readonly latency_ms_p95: number;
  readonly five_minute_violations: number;
}

/** What happened in one span of time: a slot of a window, or the whole life of the process. */
export class RequestTally {
  private readonly latency = new LatencyHistogram();
  private requests = 0;
  private errors = 0;
  private violations = 0;

  recordRequest(durationMs: number, failed: boolean): void {
    this.requests += 1;
    this.latency.record(durationMs);
    if (failed) this.errors += 1;
  }

  recordError(): void {
    this.errors += 1;
  }

  recordViolation(): void {
    this.violations += 1;
  }

  add(other: RequestTally): void {
    this.latency.add(other.latency);
    this.requests += other.requests;
    this.errors += other.errors;
    this.violations += other.violations;
  }

  /** Reuses the memory: a slot of a ring is cleared and filled again for ever. */
  clear(): void {
    this.latency.clear();
    this.requests = 0;
    this.errors = 0;
    this.violations = 0;
  }

  snapshot(): WindowSnapshot {
    return {
      requests_total: this.requests,
      errors_total: this.errors,
      latency_ms_sum: this.latency.sumMs,
      latency_ms_count: this.latency.count,
      latency_ms_avg: this.latency.averageMs,
      latency_ms_p95: this.latency.percentileMs(P95),
      five_minute_violations: this.violations,
    };
  }
}
