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
