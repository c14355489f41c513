import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { callBudget, LENT_PAST_MS, LIMIT_WINDOW_MS } from './postgres-crm-rate-limiter.js';

describe('callBudget', () => {
  it('makes a fifth burst and the rest pace', () => {
    expect(callBudget(100)).toEqual({ burst: 20, intervalMicros: 125_000 });
  });

  it('never allows more than the limit in a closed window', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), (limit) => {
        const { burst, intervalMicros } = callBudget(limit);
        const paced = Math.floor((LIMIT_WINDOW_MS * 1_000) / intervalMicros);
        expect(burst).toBeGreaterThanOrEqual(1);
        expect(burst + paced).toBeLessThanOrEqual(limit);
        const withLate = Math.floor(((LIMIT_WINDOW_MS + LENT_PAST_MS) * 1_000) / intervalMicros);
        expect(burst + withLate).toBeLessThanOrEqual(limit);
      }),
    );
  });

  it.each([0, -1, 2.5, Number.NaN])('refuses %s as a limit', (limit) => {
    expect(() => callBudget(limit)).toThrow(RangeError);
  });
});
