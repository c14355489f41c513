import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  alwaysValidInterval,
  alwaysValidLowerBound,
  sequenceScale,
} from './confidence-sequence.js';
import { arms, expectRelative, knownAnswers } from './testing/known-answers.js';
import { compareProportions } from './two-proportions.js';

const SETTINGS = { alpha: 0.05, tightestAtLeads: 5000 };
const UNDECIDABLE = [
  ['an empty control', { successes: 0, trials: 0 }, { successes: 1, trials: 5 }],
  ['an empty treatment', { successes: 1, trials: 5 }, { successes: 0, trials: 0 }],
  ['nobody who did it', { successes: 0, trials: 5 }, { successes: 0, trials: 5 }],
] as const;

describe('alwaysValidInterval', () => {
  it.each(knownAnswers.seq_growthbook)('$x1/$n1 against $x2/$n2', (known) => {
    const { control, treatment } = arms(known);
    const sequence = alwaysValidInterval(control, treatment);
    expectRelative(sequenceScale(SETTINGS), known.rho);
    expectRelative(sequence?.difference, known.diff);
    expectRelative(sequence?.halfWidth, known.halfwidth);
    expectRelative(sequence?.interval.low, known.ci[0]);
    expectRelative(sequence?.interval.high, known.ci[1]);
    expectRelative(sequence?.eValue, known.evalue);
    expectRelative(sequence?.pValue, known.p);
  });

  it.each(UNDECIDABLE)('says nothing with %s', (_, control, treatment) => {
    expect(alwaysValidInterval(control, treatment)).toBeNull();
    expect(alwaysValidLowerBound(control, treatment, SETTINGS)).toBeNull();
  });

  it('is wider than the interval for a single look, and excludes zero exactly when p < alpha', () => {
    const arm = fc.record({
      successes: fc.integer({ min: 1, max: 400 }),
      trials: fc.constant(2000),
    });
    fc.assert(
      fc.property(arm, arm, (control, treatment) => {
        const sequence = alwaysValidInterval(control, treatment, SETTINGS);
        const single = compareProportions(control, treatment)?.interval;
        expect(sequence?.interval.low).toBeLessThan(single?.low ?? NaN);
        const excludesZero =
          sequence !== null && (sequence.interval.low > 0 || sequence.interval.high < 0);
        expect(excludesZero).toBe((sequence?.pValue ?? NaN) < SETTINGS.alpha);
      }),
    );
  });
});

describe('alwaysValidLowerBound', () => {
  it('follows equation 134', () => {
    // Worked by hand from the formula: N = 2000, scale for alpha 0.1, standard error 0.0152676...
    const control = { successes: 120, trials: 1000 };
    const treatment = { successes: 150, trials: 1000 };
    const scaleSquared = (-2 * Math.log(0.1) + Math.log(-2 * Math.log(0.1) + 1)) / 5000;
    const growth = 2000 * scaleSquared + 1;
    const standardError = Math.sqrt((0.12 * 0.88 + 0.15 * 0.85) / 1000);
    const width = Math.sqrt(
      ((2 * growth) / (2000 * scaleSquared)) * Math.log(1 + Math.sqrt(growth) / 0.1),
    );
    expectRelative(
      alwaysValidLowerBound(control, treatment, SETTINGS) ?? NaN,
      0.03 - standardError * width,
    );
  });

  it('lies below the difference, above the two-sided interval, and falls with confidence', () => {
    const arm = fc.record({
      successes: fc.integer({ min: 1, max: 400 }),
      trials: fc.constant(2000),
    });
    fc.assert(
      fc.property(arm, arm, (control, treatment) => {
        const twoSided = alwaysValidInterval(control, treatment, SETTINGS);
        const bound = alwaysValidLowerBound(control, treatment, SETTINGS);
        const surer = alwaysValidLowerBound(control, treatment, { ...SETTINGS, alpha: 0.01 });
        expect(bound).toBeLessThan(twoSided?.difference ?? NaN);
        expect(bound).toBeGreaterThan(twoSided?.interval.low ?? NaN);
        expect(surer).toBeLessThan(bound ?? NaN);
      }),
    );
  });
});
