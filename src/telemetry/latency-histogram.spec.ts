import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LatencyHistogram } from './latency-histogram.js';

/** The nearest rank in the sorted list: what the histogram spares us. */
function exactPercentile(values: readonly number[], percentile: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  const rank = Math.max(1, Math.round((percentile / 100) * sorted.length));
  return sorted[rank - 1] ?? 0;
}

describe('LatencyHistogram', () => {
  it('is all zero while empty', () => {
    const histogram = new LatencyHistogram();

    expect([
      histogram.count,
      histogram.sumMs,
      histogram.averageMs,
      histogram.percentileMs(95),
    ]).toEqual([0, 0, 0, 0]);
  });

  it('tells a percentile within 1 % of the exact one', () => {
    const durations = fc.array(fc.double({ min: 0.01, max: 500_000, noNaN: true }), {
      minLength: 1,
      maxLength: 200,
    });

    fc.assert(
      fc.property(durations, (values) => {
        const histogram = new LatencyHistogram();
        for (const value of values) histogram.record(value);
        const exact = exactPercentile(values, 95);
        expect(Math.abs(histogram.percentileMs(95) - exact)).toBeLessThanOrEqual(
          exact * 0.01 + 0.001,
        );
      }),
      { numRuns: 50 },
    );
  });

  it('adds up exactly', () => {
    const histogram = new LatencyHistogram();
    for (let index = 0; index < 10; index += 1) histogram.record(0.1);

    expect(histogram.sumMs).toBe(1);
    expect(histogram.averageMs).toBe(0.1);
  });

  it('takes an outage of an hour and a clock that went backwards', () => {
    const histogram = new LatencyHistogram();
    histogram.record(3_600_000);
    histogram.record(-5);

    expect(histogram.count).toBe(2);
    expect(histogram.sumMs).toBe(3_600_000);
    expect(histogram.percentileMs(95)).toBeGreaterThan(590_000);
  });

  it('merges and clears', () => {
    const [left, right] = [new LatencyHistogram(), new LatencyHistogram()];
    left.record(10);
    right.record(30);
    left.add(right);
    right.clear();

    expect([left.count, left.sumMs, left.averageMs]).toEqual([2, 40, 20]);
    expect([right.count, right.sumMs, right.percentileMs(95)]).toEqual([0, 0, 0]);
  });
});
