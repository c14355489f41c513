import { describe, expect, it } from '@jest/globals';
import { adjustByCovariate } from './cuped.js';
import { expectRelative, knownAnswers } from './testing/known-answers.js';

const { cuped } = knownAnswers;
const OBSERVATIONS = cuped.Y.map((outcome, i) => ({ outcome, covariate: cuped.X[i] ?? NaN }));

describe('adjustByCovariate', () => {
  it('gives the known reduction of variance', () => {
    const adjustment = adjustByCovariate(OBSERVATIONS);
    expectRelative(adjustment.theta, cuped.theta);
    expectRelative(adjustment.varianceExplained, cuped.rho2);
    expectRelative(adjustment.variance, cuped.varY);
    expectRelative(adjustment.adjustedVariance, cuped.varYcuped);
  });

  it('keeps the mean, and its values have the variance it states', () => {
    const { adjusted, adjustedVariance } = adjustByCovariate(OBSERVATIONS);
    const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
    expectRelative(mean(adjusted), mean(cuped.Y));
    const squares = adjusted.map((value) => (value - mean(adjusted)) ** 2);
    expectRelative((mean(squares) * 8) / 7, adjustedVariance);
  });

  it('changes nothing where the covariate or the outcome is constant', () => {
    const flat = OBSERVATIONS.map(({ outcome }) => ({ outcome, covariate: 3 }));
    expect(adjustByCovariate(flat).adjusted).toEqual(cuped.Y);
    const still = OBSERVATIONS.map(({ covariate }) => ({ outcome: 1, covariate }));
    expect(adjustByCovariate(still)).toMatchObject({ varianceExplained: 0, adjustedVariance: 0 });
  });

  it('needs two observations', () => {
    expect(() => adjustByCovariate(OBSERVATIONS.slice(0, 1))).toThrow(RangeError);
  });
});
