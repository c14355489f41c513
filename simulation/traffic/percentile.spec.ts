import { describe, expect, it } from '@jest/globals';
import { percentile } from './percentile.js';

describe('percentile', () => {
  it('is undefined without values', () => {
    expect(percentile([], 50)).toBeUndefined();
  });

  it.each([
    [50, 5],
    [95, 10],
    [90, 9],
    [91, 10],
    [0, 1],
    [100, 10],
  ])('takes the nearest rank: %d %% of 1 to 10 is %d', (percent, expected) => {
    expect(percentile([10, 3, 7, 1, 9, 2, 8, 4, 6, 5], percent)).toBe(expected);
  });

  it('orders by size, not by spelling', () => {
    expect(percentile([100, 9, 20], 100)).toBe(100);
  });

  it('leaves the values as they were', () => {
    const values = [3, 1, 2];
    percentile(values, 50);
    expect(values).toEqual([3, 1, 2]);
  });
});
