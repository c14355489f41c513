import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compareBetaBinomial, credibleInterval } from './beta-binomial.js';
import { arms, expectRelative, knownAnswers } from './testing/known-answers.js';

const proportion = fc
  .tuple(fc.nat(800), fc.nat(800))
  .map(([successes, failures]) => ({ successes, trials: successes + failures }));

describe('compareBetaBinomial', () => {
  it.each(knownAnswers.beta_binomial)('$x1/$n1 against $x2/$n2', (known) => {
    const { control, treatment } = arms(known);
    const comparison = compareBetaBinomial(control, treatment);
    expect(comparison.method).toBe('exact');
    expectRelative(comparison.chanceToWin, known.P_B_gt_A_quad);
    expectRelative(comparison.lossOfTreatment, known.loss_choose_B);
    expectRelative(comparison.lossOfControl, known.loss_choose_A);
  });

  it('knows nothing before the first lead', () => {
    const nothing = { successes: 0, trials: 0 };
    const comparison = compareBetaBinomial(nothing, nothing);
    expect(comparison.chanceToWin).toBeCloseTo(0.5, 12);
    expect(comparison.lossOfTreatment).toBeCloseTo(1 / 6, 12);
  });

  it('shares the chance between the arms, and the losses differ by the difference of the means', () => {
    fc.assert(
      fc.property(proportion, proportion, (control, treatment) => {
        const forth = compareBetaBinomial(control, treatment);
        const back = compareBetaBinomial(treatment, control);
        expect(forth.chanceToWin + back.chanceToWin).toBeCloseTo(1, 10);
        expect(forth.lossOfTreatment).toBeCloseTo(back.lossOfControl, 12);
        const mean = ({ successes, trials }: typeof control) => (successes + 1) / (trials + 2);
        expect(forth.lossOfControl - forth.lossOfTreatment).toBeCloseTo(
          mean(treatment) - mean(control),
          10,
        );
      }),
    );
  });

  it('keeps the digits of a small chance', () => {
    const comparison = compareBetaBinomial(
      { successes: 600, trials: 2000 },
      { successes: 300, trials: 2000 },
    );
    expect(comparison.chanceToWin).toBeGreaterThan(1e-40);
    expect(comparison.chanceToWin).toBeLessThan(1e-25);
    expect(comparison.lossOfControl).toBeGreaterThan(0);
  });

  it('goes over to the normal approximation at huge counts without a jump', () => {
    const rate = { control: 50_000, treatment: 50_600 };
    const exact = compareBetaBinomial(
      { successes: rate.control - 601, trials: 500_000 },
      { successes: rate.treatment - 601, trials: 500_000 },
    );
    const normal = compareBetaBinomial(
      { successes: rate.control, trials: 500_000 },
      { successes: rate.treatment, trials: 500_000 },
    );
    expect([exact.method, normal.method]).toEqual(['exact', 'normal']);
    expect(Math.abs(normal.chanceToWin - exact.chanceToWin)).toBeLessThan(0.001);
    expect(normal.lossOfTreatment).toBeCloseTo(exact.lossOfTreatment, 6);
    expect(normal.lossOfControl).toBeCloseTo(exact.lossOfControl, 5);
  });

  it('never reports a negative loss, however one-sided the data', () => {
    const few = { successes: 1000, trials: 200_000 };
    const many = { successes: 150_000, trials: 200_000 };
    expect(compareBetaBinomial(few, many).lossOfTreatment).toBe(0);
    expect(
      compareBetaBinomial({ ...few, trials: 1000 }, { ...few, trials: 90_000 }).lossOfControl,
    ).toBeGreaterThanOrEqual(0);
  });

  it('refuses counts that are no proportion', () => {
    const fine = { successes: 1, trials: 2 };
    expect(() => compareBetaBinomial({ successes: 3, trials: 2 }, fine)).toThrow(RangeError);
  });
});

describe('credibleInterval', () => {
  it.each(knownAnswers.beta_binomial)('$x1/$n1 and $x2/$n2', (known) => {
    const { control, treatment } = arms(known);
    expectRelative(credibleInterval(control).low, known.credA[0]);
    expectRelative(credibleInterval(control).high, known.credA[1]);
    expectRelative(credibleInterval(treatment).low, known.credB[0]);
    expectRelative(credibleInterval(treatment).high, known.credB[1]);
  });
});
