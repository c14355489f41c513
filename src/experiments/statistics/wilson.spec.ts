import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { expectRelative, knownAnswers } from './testing/known-answers.js';
import { wilsonInterval } from './wilson.js';

describe('wilsonInterval', () => {
  it.each(knownAnswers.wilson)('of $x of $n', ({ x, n, ci }) => {
    const interval = wilsonInterval({ successes: x, trials: n });
    expectRelative(interval.low, ci[0]);
    expectRelative(interval.high, ci[1]);
  });

  it('knows nothing without trials', () => {
    expect(wilsonInterval({ successes: 0, trials: 0 })).toEqual({ low: 0, high: 1 });
  });

  it('holds the rate, stays within 0 and 1 and widens with confidence', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.nat(1000), (successes, failures) => {
        const arm = { successes, trials: successes + failures + 1 };
        const usual = wilsonInterval(arm);
        const surer = wilsonInterval(arm, 0.01);
        const rate = arm.successes / arm.trials;
        expect(usual.low).toBeLessThanOrEqual(rate);
        expect(usual.high).toBeGreaterThanOrEqual(rate);
        expect(surer.low).toBeLessThanOrEqual(usual.low);
        expect(surer.high).toBeGreaterThanOrEqual(usual.high);
        expect(surer.low).toBeGreaterThanOrEqual(0);
        expect(surer.high).toBeLessThanOrEqual(1);
      }),
    );
  });
});
