import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compareMedians, medianOf } from './median.js';

const ascending = (values: readonly number[]) => [...values].sort((a, b) => a - b);
const waits = fc.array(fc.integer({ min: 0, max: 100_000 }), { minLength: 10, maxLength: 80 });

describe('medianOf', () => {
  it.each([
    [[], null],
    [[7], 7],
    [[1, 4], 2.5],
    [[1, 2, 9], 2],
  ])('of %j is %p', (values, median) => {
    expect(medianOf(values)).toBe(median);
  });
});

describe('compareMedians', () => {
  it('says nothing without waits on both sides, and gives no interval of a few', () => {
    expect(compareMedians([], [1], 0.05)).toBeNull();
    expect(compareMedians([1], [], 0.05)).toBeNull();
    expect(compareMedians([100], [80], 0.05)).toEqual({
      relativeChange: expect.closeTo(-0.2, 12),
      interval: null,
    });
  });

  it('takes a wait of no time for a second', () => {
    expect(compareMedians([0], [2], 0.05)?.relativeChange).toBe(1);
  });

  it('gives no interval where all waits are alike', () => {
    const alike = Array.from({ length: 30 }, () => 60);
    expect(compareMedians(alike, alike, 0.05)).toEqual({ relativeChange: 0, interval: null });
  });

  it('holds the estimate in its interval, which narrows with more waits', () => {
    fc.assert(
      fc.property(waits, waits, (control, treatment) => {
        const change = compareMedians(ascending(control), ascending(treatment), 0.05);
        const { relativeChange = NaN, interval = null } = change ?? {};
        if (interval === null) return;
        expect(interval.low).toBeLessThan(relativeChange);
        expect(interval.high).toBeGreaterThan(relativeChange);
        expect(interval.low).toBeGreaterThanOrEqual(-1);
      }),
    );
    const evenly = (count: number) =>
      Array.from({ length: count }, (_, i) => 100 + (i * 100) / count);
    const width = (count: number) => {
      const interval = compareMedians(evenly(count), evenly(count), 0.05)?.interval;
      return (interval?.high ?? NaN) - (interval?.low ?? NaN);
    };
    expect(width(1000)).toBeLessThan(width(100));
    expect(width(100)).toBeLessThan(width(20));
  });

  it('has the spread of Price and Bonett', () => {
    // 25 waits: ranks 8 and 18 (13 - 5), P(X <= 7) of 25 fair coins 0.0216426, z 2.02096.
    const values = Array.from({ length: 25 }, (_, i) => Math.exp(i / 10));
    const interval = compareMedians(values, values, 0.05)?.interval;
    const standardError = Math.SQRT2 * (1 / (2 * 2.0209599));
    const halfWidth = Math.log(1 + (interval?.high ?? NaN));
    const rhoSquared = (-2 * Math.log(0.05) + Math.log(-2 * Math.log(0.05) + 1)) / 500;
    const growth = 50 * rhoSquared + 1;
    const radius = Math.sqrt(((2 * growth) / (growth - 1)) * Math.log(Math.sqrt(growth) / 0.05));
    expect(halfWidth / (standardError * radius)).toBeCloseTo(1, 4);
  });
});
