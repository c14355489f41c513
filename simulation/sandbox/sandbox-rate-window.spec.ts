import { describe, expect, it } from '@jest/globals';
import { SandboxRateWindow } from './sandbox-rate-window.js';

describe('SandboxRateWindow', () => {
  it('lets the limit pass in any 10 s, per location', () => {
    const window = new SandboxRateWindow(2);
    const passes = (locationId: string, atMs: number) => window.count(locationId, atMs).passes;
    expect([passes('a', 0), passes('a', 5_000), passes('a', 9_999)]).toEqual([true, true, false]);
    expect(passes('b', 9_999)).toBe(true);
    expect([passes('a', 10_000), passes('a', 10_001)]).toEqual([true, false]);
    expect(passes('a', 15_000)).toBe(true);
  });

  it('tells what is left', () => {
    const window = new SandboxRateWindow(100);
    expect(window.count('a', 0).headers).toMatchObject({
      'X-RateLimit-Max': '100',
      'X-RateLimit-Remaining': '99',
      'X-RateLimit-Interval-Milliseconds': '10000',
    });
  });
});
