import { describe, expect, it } from '@jest/globals';
import { backoffMs } from './lane-timing.js';

describe('backoffMs', () => {
  it('doubles from one second up to half a minute', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 1_000].map((failures) => backoffMs(failures, 1))).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000,
    ]);
  });

  it('takes a random half off', () => {
    expect(backoffMs(1, 0)).toBe(500);
    expect(backoffMs(6, 0)).toBe(15_000);
  });
});
