import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  betaQuantile,
  chiSquareSf,
  criticalZ,
  normalCdf,
  normalQuantile,
  normalSf,
  studentTCdf,
  studentTSf,
  twoSidedPValue,
} from './distributions.js';
import { incompleteBeta } from './special-functions.js';
import {
  TAIL_TOLERANCE,
  expectRelative,
  knownAnswers,
  numbersIn,
} from './testing/known-answers.js';

const { tails, chi2_crit: chiSquareCritical } = knownAnswers;

describe('normal distribution', () => {
  it.each(Object.entries(tails.norm_sf))('upper tail at %s', (z, expected) => {
    expectRelative(normalSf(Number(z)), expected);
    expectRelative(normalCdf(-Number(z)), expected);
    expectRelative(twoSidedPValue(-Number(z)), 2 * expected);
  });

  it.each(Object.entries(tails.norm_ppf))('quantile of %s', (p, expected) => {
    expectRelative(normalQuantile(Number(p)), expected);
  });

  it('has a quantile that undoes the tail, down to 1e-300', () => {
    fc.assert(
      fc.property(fc.double({ min: -300, max: Math.log10(0.5), noNaN: true }), (exponent) => {
        const p = 10 ** exponent;
        expectRelative(normalSf(-normalQuantile(p)), p);
      }),
    );
  });

  it('has quantiles at 0, 1/2 and 1', () => {
    expect(normalQuantile(0)).toBe(-Infinity);
    expect(normalQuantile(0.5)).toBeCloseTo(0, 15);
    expect(normalQuantile(1)).toBe(Infinity);
  });

  it.each([-0.1, 1.1, NaN])('has no quantile of %s', (p) => {
    expect(() => normalQuantile(p)).toThrow(RangeError);
  });

  it('has the critical value everybody knows', () => {
    expect(criticalZ(0.05)).toBeCloseTo(1.959963984540054, 12);
  });
});

describe('chi-square distribution', () => {
  it.each(Object.entries(tails.chi2_sf))('upper tail at %s', (key, expected) => {
    const [x = NaN, degreesOfFreedom = NaN] = numbersIn(key);
    expectRelative(chiSquareSf(x, degreesOfFreedom), expected, TAIL_TOLERANCE);
  });

  it.each(Object.entries(chiSquareCritical))('critical value %s', (key, x) => {
    const [, degreesOfFreedom, alpha] = /^df(\d+)_a(.+)$/.exec(key) ?? [];
    expectRelative(chiSquareSf(x, Number(degreesOfFreedom)), Number(alpha));
  });

  it('with one degree of freedom is a squared normal', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 30, noNaN: true }), (z) => {
        expectRelative(chiSquareSf(z * z, 1), twoSidedPValue(z));
      }),
    );
  });
});

describe("Student's t distribution", () => {
  it.each(Object.entries(tails.t_cdf))('lower tail at %s', (key, expected) => {
    const [t = NaN, degreesOfFreedom = NaN] = numbersIn(key);
    expectRelative(studentTCdf(t, degreesOfFreedom), expected);
    expectRelative(studentTSf(-t, degreesOfFreedom), expected);
  });
});

describe('betaQuantile', () => {
  it('undoes the distribution', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        fc.integer({ min: 1, max: 2000 }),
        fc.integer({ min: 1, max: 2000 }),
        (p, a, b) => {
          expect(incompleteBeta(a, b, betaQuantile(p, a, b))).toBeCloseTo(p, 10);
        },
      ),
    );
  });
});
