import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';

const MICROSECONDS_PER_MS = 1_000;
/** Ten minutes: whatever takes longer is an outage, and is recorded as this. */
const LONGEST_US = 600_000_000;
/** Two significant figures keep a percentile within 1 % at no more than 45 KB a histogram. */
const SIGNIFICANT_FIGURES = 2;

/** An HDR histogram of durations: constant memory however many are recorded. Not thread-safe, not durable. */
export class LatencyHistogram {
  private readonly histogram: RecordableHistogram = createHistogram({
    lowest: 1,
    highest: LONGEST_US,
    figures: SIGNIFICANT_FIGURES,
  });
  private sumUs = 0;
  private recorded = 0;

  get count(): number {
    return this.recorded;
  }

  get sumMs(): number {
    return this.sumUs / MICROSECONDS_PER_MS;
  }

  /** 0 while nothing is recorded. */
  get averageMs(): number {
    return this.recorded === 0 ? 0 : Math.round(this.sumUs / this.recorded) / MICROSECONDS_PER_MS;
  }

  /** 0 while nothing is recorded. */
  percentileMs(percentile: number): number {
    return this.recorded === 0 ? 0 : this.histogram.percentile(percentile) / MICROSECONDS_PER_MS;
  }

  record(durationMs: number): void {
    const durationUs = Math.max(0, Math.round(durationMs * MICROSECONDS_PER_MS));
    this.histogram.record(Math.min(LONGEST_US, Math.max(1, durationUs)));
    this.sumUs += durationUs;
    this.recorded += 1;
  }

  add(other: LatencyHistogram): void {
    this.histogram.add(other.histogram);
    this.sumUs += other.sumUs;
    this.recorded += other.recorded;
  }

  clear(): void {
    this.histogram.reset();
    this.sumUs = 0;
    this.recorded = 0;
  }
}

export const P95 = 95;

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

export interface RollingWindowSize {
  readonly slotMs: number;
  readonly slots: number;
}

interface Slot {
  /** Number of the slot since the epoch: tells a slot of this round from one of the last. */
  number: number;
  readonly tally: RequestTally;
}

/**
 * A rolling window as a ring of time slots, so that its memory does not depend on the traffic.
 * It never shows what is older than the window; its oldest part is dropped a slot at a time, so it
 * covers between `slots - 1` and `slots` slots.
 */
export class RollingWindow {
  private readonly ring: (Slot | undefined)[];

  constructor(private readonly size: RollingWindowSize) {
    this.ring = new Array<Slot | undefined>(size.slots).fill(undefined);
  }

  /** Slots that hold memory; never more than the window's size. */
  get allocatedSlots(): number {
    return this.ring.filter((slot) => slot !== undefined).length;
  }

  /** The tally to record in at this moment. */
  tallyAt(at: Date): RequestTally {
    const number = this.slotNumber(at);
    const position = number % this.size.slots;
    const slot = (this.ring[position] ??= { number, tally: new RequestTally() });
    if (slot.number !== number) {
      slot.number = number;
      slot.tally.clear();
    }
    return slot.tally;
  }

  snapshot(now: Date): WindowSnapshot {
    const current = this.slotNumber(now);
    const merged = new RequestTally();
    for (const slot of this.ring) {
      if (slot && slot.number <= current && slot.number > current - this.size.slots)
        merged.add(slot.tally);
    }
    return merged.snapshot();
  }

  private slotNumber(at: Date): number {
    return Math.floor(at.getTime() / this.size.slotMs);
  }
}

/** A lead is to be answered within five minutes of its message. */
const RESPONSE_LIMIT_MS = 300_000;
/** The share of answers that are to be in time. */
export const TARGET_COMPLIANCE = 0.99;
/** Violations listed; the count beside the list has no such limit. */
export const MAX_LISTED_VIOLATIONS = 100;
const DAY_MS = 86_400_000;

/** Says when and how late, never to whom: this is read by monitoring systems. */
export interface ComplianceViolation {
  readonly at: string;
  readonly response_time_ms: number;
}

export type ComplianceSnapshot =
  | { readonly status: 'no_data' }
  | {
      readonly total_responses: number;
      readonly compliance_rate: number;
      /** Milliseconds. */
      readonly avg_response_time: number;
      readonly violations_count: number;
      readonly target_compliance: number;
      readonly status: 'compliant' | 'needs_attention';
      readonly last_24h_violations: readonly ComplianceViolation[];
    };

/** What the reply says of an answer, and what is counted of it. */
export function isWithinFiveMinutes(elapsedMs: number): boolean {
  return elapsedMs < RESPONSE_LIMIT_MS;
}

/** How many leads were answered in time since the process started. */
export class FiveMinuteCompliance {
  private responses = 0;
  private violations = 0;
  private elapsedMsSum = 0;
  private readonly listed: ComplianceViolation[] = [];

  /** @returns whether the answer was in time */
  record(elapsedMs: number, at: Date): boolean {
    // A sender whose clock runs ahead of ours cannot be answered before it wrote.
    const responseTimeMs = Math.max(0, elapsedMs);
    this.responses += 1;
    this.elapsedMsSum += responseTimeMs;
    if (isWithinFiveMinutes(responseTimeMs)) return true;
    this.violations += 1;
    this.listed.push({ at: at.toISOString(), response_time_ms: responseTimeMs });
    if (this.listed.length > MAX_LISTED_VIOLATIONS) this.listed.shift();
    return false;
  }

  snapshot(now: Date): ComplianceSnapshot {
    if (this.responses === 0) return { status: 'no_data' };
    const complianceRate = 1 - this.violations / this.responses;
    const since = now.getTime() - DAY_MS;
    return {
      total_responses: this.responses,
      compliance_rate: complianceRate,
      avg_response_time: this.elapsedMsSum / this.responses,
      violations_count: this.violations,
      target_compliance: TARGET_COMPLIANCE,
      status: complianceRate >= TARGET_COMPLIANCE ? 'compliant' : 'needs_attention',
      last_24h_violations: this.listed.filter(({ at }) => Date.parse(at) > since),
    };
  }
}
