import { describe, expect, it } from '@jest/globals';
import betainc from '@stdlib/math-base-special-betainc';
import stdlibErfc from '@stdlib/math-base-special-erfc';
import gammainc from '@stdlib/math-base-special-gammainc';
import gammaln from '@stdlib/math-base-special-gammaln';
import fc from 'fast-check';
import {
  erfc,
  incompleteBeta,
  logBeta,
  logBinomialProbability,
  logGamma,
  regularizedGammaP,
  regularizedGammaQ,
} from './special-functions.js';
import {
  RELATIVE_TOLERANCE,
  TAIL_TOLERANCE,
  expectRelative,
  knownAnswers,
  numbersIn,
} from './testing/known-answers.js';

const logUniform = (lowest: number, highest: number) =>
  fc
    .double({ min: Math.log(lowest), max: Math.log(highest), noNaN: true })
    .map((exponent) => Math.exp(exponent));

function close(actual: number, expected: number, tolerance: number, floor = 1e-290): boolean {
  return Math.abs(actual - expected) <= tolerance * Math.abs(expected) + floor;
}

describe('logGamma', () => {
  it.each(Object.entries(knownAnswers.tails.lgamma))('of %s', (x, expected) => {
    expectRelative(logGamma(Number(x)), expected);
  });

  it('agrees with the oracle from 1e-3 to 1e8', () => {
    fc.assert(
      fc.property(logUniform(1e-3, 1e8), (x) =>
        close(logGamma(x), gammaln(x), RELATIVE_TOLERANCE, 1e-13),
      ),
    );
  });
});

/** Beyond shape 200 the oracle itself is off by a percent near the mean; sums of Poisson terms take over. */
const ORACLE_SHAPES = logUniform(0.5, 200);

function poissonCdf(below: number, mean: number): number {
  let logTerm = -mean;
  let sum = 0;
  for (let k = 0; k < below; k += 1) {
    logTerm += k === 0 ? 0 : Math.log(mean / k);
    sum += Math.exp(logTerm);
  }
  return sum;
}

describe('regularised incomplete gamma', () => {
  it('is a Poisson distribution at whole shapes, small and large', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }),
        fc.double({ min: 0.8, max: 1.3, noNaN: true }),
        (a, factor) => close(regularizedGammaQ(a, a * factor), poissonCdf(a, a * factor), 1e-8),
      ),
    );
  });

  it('agrees with the oracle in the upper tail', () => {
    fc.assert(
      fc.property(ORACLE_SHAPES, logUniform(0.01, 3), (a, factor) =>
        close(
          regularizedGammaQ(a, a * factor),
          gammainc(a * factor, a, true, true),
          TAIL_TOLERANCE,
        ),
      ),
    );
  });

  it('agrees with the oracle in the lower tail', () => {
    fc.assert(
      fc.property(ORACLE_SHAPES, logUniform(0.01, 3), (a, factor) =>
        close(
          regularizedGammaP(a, a * factor),
          gammainc(a * factor, a, true, false),
          TAIL_TOLERANCE,
        ),
      ),
    );
  });

  it('is a whole: P + Q = 1', () => {
    fc.assert(
      fc.property(logUniform(0.1, 1e5), logUniform(1e-3, 1e5), (a, x) =>
        close(regularizedGammaP(a, x) + regularizedGammaQ(a, x), 1, 1e-12),
      ),
    );
  });

  it('keeps to its ends', () => {
    expect(regularizedGammaP(2, 0)).toBe(0);
    expect(regularizedGammaQ(2, 0)).toBe(1);
    expect(regularizedGammaQ(2, Infinity)).toBe(0);
    expect(regularizedGammaP(2, Infinity)).toBe(1);
  });

  it('refuses to answer instead of returning a half-summed series', () => {
    expect(() => regularizedGammaQ(1, NaN)).toThrow(RangeError);
    expect(() => regularizedGammaP(NaN, 1)).toThrow(RangeError);
  });
});

describe('erfc', () => {
  it('agrees with the oracle down to 1e-290', () => {
    fc.assert(
      fc.property(fc.double({ min: -6, max: 25, noNaN: true }), (x) =>
        close(erfc(x), stdlibErfc(x), RELATIVE_TOLERANCE),
      ),
    );
  });

  it('has no tail left at infinity', () => {
    expect([erfc(Infinity), erfc(0), erfc(-Infinity)]).toEqual([0, 1, 2]);
  });
});

describe('incompleteBeta', () => {
  it.each(Object.entries(knownAnswers.tails.beta_cdf))('of %s', (key, expected) => {
    const [x = NaN, a = NaN, b = NaN] = numbersIn(key);
    expectRelative(incompleteBeta(a, b, x), expected);
  });

  it('agrees with the oracle', () => {
    fc.assert(
      fc.property(
        logUniform(0.5, 1e4),
        logUniform(0.5, 1e4),
        fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        (a, b, x) => close(incompleteBeta(a, b, x), betainc(x, a, b), TAIL_TOLERANCE, 1e-200),
      ),
    );
  });

  it('keeps to its ends', () => {
    expect(incompleteBeta(2, 3, 0)).toBe(0);
    expect(incompleteBeta(2, 3, 1)).toBe(1);
  });

  it('refuses to answer for an impossible shape', () => {
    expect(() => incompleteBeta(NaN, 1, 0.5)).toThrow(RangeError);
  });
});

describe('logBeta', () => {
  it('is symmetric, and is lnΓ(a) + lnΓ(b) - lnΓ(a + b) where that keeps its digits', () => {
    fc.assert(
      fc.property(logUniform(0.5, 50), logUniform(0.5, 50), (a, b) => {
        const direct = gammaln(a) + gammaln(b) - gammaln(a + b);
        expect(logBeta(a, b)).toBeCloseTo(logBeta(b, a), 11);
        return close(logBeta(a, b), direct, RELATIVE_TOLERANCE, 1e-12);
      }),
    );
  });

  it('keeps its digits where the gammas are huge', () => {
    // 40 digits of Stirling's series: -174890.1386495605536868797458884859058.
    expectRelative(logBeta(42_201, 958_001), -174890.13864956, 1e-13);
  });
});

describe('logBinomialProbability', () => {
  it('adds up to one over all outcomes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }),
        fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        (trials, rate) => {
          let sum = 0;
          for (let k = 0; k <= trials; k += 1) {
            sum += Math.exp(logBinomialProbability(k, trials, rate));
          }
          return close(sum, 1, 1e-11);
        },
      ),
    );
  });
});
