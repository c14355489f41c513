import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { arms, expectRelative, knownAnswers, present } from './testing/known-answers.js';
import { compareProportions, pooledZScore } from './two-proportions.js';

const proportion = fc
  .tuple(fc.integer({ min: 1, max: 5000 }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([trials, share]) => ({ trials, successes: Math.floor(trials * share) }));

describe('compareProportions', () => {
  it.each(knownAnswers.two_prop)('$x1/$n1 against $x2/$n2', (known) => {
    const { control, treatment } = arms(known);
    const comparison = present(compareProportions(control, treatment));
    const lift = present(comparison.lift);
    expectRelative(comparison.difference, known.diff);
    expectRelative(comparison.pooledZ, known.z_pooled);
    expectRelative(comparison.pooledPValue, known.p_pooled);
    expectRelative(comparison.unpooledZ, known.z_unpooled);
    expectRelative(comparison.unpooledPValue, known.p_unpooled);
    expectRelative(comparison.interval.low, known.ci95[0]);
    expectRelative(comparison.interval.high, known.ci95[1]);
    expectRelative(lift.estimate, known.lift);
    expectRelative(lift.standardError, known.lift_se);
    expectRelative(lift.interval.low, known.lift_ci95[0]);
    expectRelative(lift.interval.high, known.lift_ci95[1]);
  });

  it('says nothing while an arm is empty', () => {
    const empty = { successes: 0, trials: 0 };
    const some = { successes: 1, trials: 10 };
    expect(compareProportions(empty, some)).toBeNull();
    expect(compareProportions(some, empty)).toBeNull();
    expect(pooledZScore(some, empty)).toBe(0);
    expect(pooledZScore(empty, some)).toBe(0);
  });

  it('has no lift over a control without successes', () => {
    const comparison = compareProportions(
      { successes: 0, trials: 20 },
      { successes: 2, trials: 20 },
    );
    expect(comparison?.lift).toBeNull();
    expect(comparison?.difference).toBeCloseTo(0.1, 12);
  });

  it.each([0, 20])('sees no evidence in %s of 20 on both sides', (successes) => {
    const arm = { successes, trials: 20 };
    expect(compareProportions(arm, arm)).toMatchObject({ pooledPValue: 1, unpooledPValue: 1 });
  });

  it('sees the strongest evidence in none against all', () => {
    const comparison = compareProportions(
      { successes: 0, trials: 20 },
      { successes: 20, trials: 20 },
    );
    expect(comparison?.pooledPValue).toBeLessThan(1e-9);
    expect(comparison?.unpooledPValue).toBe(0);
  });

  it.each([
    { successes: 2, trials: 1 },
    { successes: -1, trials: 5 },
    { successes: 0.5, trials: 5 },
    { successes: NaN, trials: 5 },
    { successes: 1, trials: Infinity },
  ])('refuses %j', (faulty) => {
    const fine = { successes: 1, trials: 5 };
    expect(() => compareProportions(faulty, fine)).toThrow(RangeError);
    expect(() => compareProportions(fine, faulty)).toThrow(RangeError);
  });

  it('changes sign, and nothing else, when the arms change places', () => {
    fc.assert(
      fc.property(proportion, proportion, (a, b) => {
        const forth = compareProportions(a, b);
        const back = compareProportions(b, a);
        expect(forth?.pooledZ).toBeCloseTo(-(back?.pooledZ ?? NaN), 10);
        expect(forth?.interval.low).toBeCloseTo(-(back?.interval.high ?? NaN), 12);
      }),
    );
  });
});
