import { describe, expect, it } from '@jest/globals';
import { retryDelayMs } from './transactions.js';

describe('retryDelayMs', () => {
  it('doubles its ceiling with every attempt', () => {
    expect([1, 2, 3, 4].map((attempt) => retryDelayMs(attempt, 1))).toEqual([20, 40, 80, 160]);
  });

  it('is spread evenly below the ceiling', () => {
    expect([0, 0.5].map((random) => retryDelayMs(3, random))).toEqual([0, 40]);
  });
});
