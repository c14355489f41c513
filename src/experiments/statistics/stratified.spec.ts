import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkSimpsonsParadox, mantelHaenszel, type Stratum } from './stratified.js';
import { expectRelative, knownAnswers, present } from './testing/known-answers.js';
import { compareProportions } from './two-proportions.js';

function stratum(
  name: string,
  control: readonly [number, number],
  treatment: readonly [number, number],
): Stratum {
  return {
    name,
    control: { successes: control[0], trials: control[1] },
    treatment: { successes: treatment[0], trials: treatment[1] },
  };
}

const { simpson } = knownAnswers;
const KIDNEY_STONES = [
  stratum('facebook', simpson.facebook.A, simpson.facebook.B),
  stratum('organic', simpson.organic.A, simpson.organic.B),
];

describe('mantelHaenszel', () => {
  it('gives the known difference', () => {
    expectRelative(mantelHaenszel(KIDNEY_STONES)?.difference, simpson.mh_risk_diff_B_minus_A);
  });

  it('has the variance of Greenland and Robins', () => {
    const terms = KIDNEY_STONES.map(({ control, treatment }) => {
      const total = control.trials + treatment.trials;
      const missesOf = ({ successes, trials }: typeof control) => successes * (trials - successes);
      return {
        weight: (control.trials * treatment.trials) / total,
        variance:
          (missesOf(treatment) * control.trials ** 3 + missesOf(control) * treatment.trials ** 3) /
          (control.trials * treatment.trials * total ** 2),
      };
    });
    const weight = terms.reduce((sum, term) => sum + term.weight, 0);
    const variance = terms.reduce((sum, term) => sum + term.variance, 0) / weight ** 2;
    expectRelative(mantelHaenszel(KIDNEY_STONES)?.standardError, Math.sqrt(variance));
  });

  it('is the plain comparison when there is one stratum', () => {
    const one = stratum('all', [120, 1000], [150, 1000]);
    const plain = present(compareProportions(one.control, one.treatment));
    const stratified = present(mantelHaenszel([one]));
    expectRelative(stratified.difference, plain.difference);
    expectRelative(stratified.standardError, plain.standardError);
    expectRelative(stratified.interval.low, plain.interval.low);
    expect(stratified.heterogeneityPValue).toBe(1);
  });

  it('leaves out a stratum with an empty arm, and says nothing when none is left', () => {
    const empty = stratum('new', [0, 0], [3, 10]);
    expect(mantelHaenszel([...KIDNEY_STONES, empty])).toEqual(mantelHaenszel(KIDNEY_STONES));
    expect(mantelHaenszel([empty])).toBeNull();
    expect(mantelHaenszel([])).toBeNull();
  });

  it('tells strata that agree from strata that do not', () => {
    const up = stratum('up', [100, 1000], [200, 1000]);
    const down = stratum('down', [200, 1000], [100, 1000]);
    expect(mantelHaenszel([up, down])?.heterogeneityPValue).toBeLessThan(1e-9);
    expect(mantelHaenszel([up, { ...up, name: 'also' }])?.heterogeneityPValue).toBeCloseTo(1, 9);
  });

  it('refuses counts that are no proportion', () => {
    expect(() => mantelHaenszel([stratum('bad', [5, 4], [1, 4])])).toThrow(RangeError);
  });
});

describe('checkSimpsonsParadox', () => {
  it('warns of the kidney stones and names the stratum whose shares differ most', () => {
    const check = checkSimpsonsParadox(KIDNEY_STONES);
    expect(check).toMatchObject({ kind: 'paradox', culprit: 'facebook' });
    expectRelative(
      check.kind === 'paradox' ? check.pooledDifference : NaN,
      simpson.pooled.B - simpson.pooled.A,
    );
    expectRelative(check.kind === 'paradox' ? check.shareOfControl : NaN, 87 / 350);
    expectRelative(check.kind === 'paradox' ? check.shareOfTreatment : NaN, 270 / 350);
  });

  it('warns when both agree in sign but lie more than two standard errors apart', () => {
    const check = checkSimpsonsParadox([
      stratum('hot', [500, 1000], [4590, 9000]),
      stratum('cold', [450, 9000], [60, 1000]),
    ]);
    expect(check).toMatchObject({ kind: 'paradox', culprit: 'hot' });
    expect(check.kind === 'paradox' && check.stratifiedDifference > 0).toBe(true);
    expect(check.kind === 'paradox' && check.pooledDifference > 0).toBe(true);
  });

  it('is silent when every stratum splits its leads alike', () => {
    const alike = fc.array(
      fc.record({
        a: fc.integer({ min: 0, max: 100 }),
        b: fc.integer({ min: 0, max: 100 }),
        size: fc.integer({ min: 1, max: 5 }),
      }),
      { minLength: 1, maxLength: 5 },
    );
    fc.assert(
      fc.property(alike, (strata) => {
        const balanced = strata.map(({ a, b, size }, i) =>
          stratum(`s${i}`, [a * size, 100 * size], [b * size, 100 * size]),
        );
        // Rounding may give exact ties opposite signs; those say nothing.
        fc.pre(Math.abs(mantelHaenszel(balanced)?.difference ?? 0) > 1e-9);
        expect(checkSimpsonsParadox(balanced)).toEqual({ kind: 'consistent' });
      }),
    );
  });

  it('is silent where nothing can be compared', () => {
    expect(checkSimpsonsParadox([])).toEqual({ kind: 'consistent' });
    expect(checkSimpsonsParadox([stratum('new', [0, 0], [3, 10])])).toEqual({ kind: 'consistent' });
  });
});
