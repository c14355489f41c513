import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { findSampleRatioCause, sampleRatioEvidence, sampleRatioTest } from './sample-ratio.js';
import { TAIL_TOLERANCE, expectRelative, knownAnswers } from './testing/known-answers.js';

const HALVES = [0.5, 0.5];

describe('sampleRatioTest', () => {
  it.each(knownAnswers.srm)('$obs at weights $w', ({ obs, w, chi2, p }) => {
    const test = sampleRatioTest(obs, w);
    expectRelative(test.chiSquare, chi2);
    expectRelative(test.pValue, p, TAIL_TOLERANCE);
    expect(test.degreesOfFreedom).toBe(obs.length - 1);
    expect(test.mismatch).toBe(p < 0.001);
  });

  it('takes weights of any sum', () => {
    expect(sampleRatioTest([2300, 7700], [1, 3])).toEqual(
      sampleRatioTest([2300, 7700], [0.25, 0.75]),
    );
  });

  it('sees nothing wrong without leads or with one arm', () => {
    expect(sampleRatioTest([0, 0], HALVES)).toMatchObject({ pValue: 1, mismatch: false });
    expect(sampleRatioTest([50], [1])).toMatchObject({ pValue: 1, mismatch: false });
  });

  it('ignores an arm of weight 0 that is empty, and alarms at one that is not', () => {
    expect(sampleRatioTest([10, 10, 0], [1, 1, 0])).toMatchObject({
      degreesOfFreedom: 1,
      mismatch: false,
    });
    expect(sampleRatioTest([10, 10, 1], [1, 1, 0]).mismatch).toBe(true);
    expect(sampleRatioEvidence([10, 10, 1], [1, 1, 0]).mismatch).toBe(true);
  });

  it.each([
    [[1, 2], [1]],
    [
      [1, 2],
      [0, 0],
    ],
    [
      [1, 2],
      [2, -1],
    ],
  ])('refuses %j at weights %j', (observed, weights) => {
    expect(() => sampleRatioTest(observed, weights)).toThrow(RangeError);
    expect(() => sampleRatioEvidence(observed, weights)).toThrow(RangeError);
  });
});

describe('sampleRatioEvidence', () => {
  it('starts without evidence', () => {
    expect(sampleRatioEvidence([0, 0], HALVES).logEValue).toBeCloseTo(0, 10);
  });

  it('is a martingale: the fair next lead leaves it, on average, as it is', () => {
    fc.assert(
      fc.property(
        fc.nat(3000),
        fc.nat(3000),
        fc.double({ min: 0.05, max: 0.95, noNaN: true }),
        (a, b, share) => {
          const weights = [share, 1 - share];
          const now = sampleRatioEvidence([a, b], weights).logEValue;
          const growth = (observed: number[]) =>
            Math.exp(sampleRatioEvidence(observed, weights).logEValue - now);
          const expected = share * growth([a + 1, b]) + (1 - share) * growth([a, b + 1]);
          expect(expected).toBeCloseTo(1, 7);
        },
      ),
    );
  });

  it('alarms at a large mismatch and keeps counting beyond what a double holds', () => {
    expect(sampleRatioEvidence([5170, 4830], HALVES).mismatch).toBe(false);
    expect(sampleRatioEvidence([9120, 6400], HALVES).mismatch).toBe(true);
    const huge = sampleRatioEvidence([912_000, 640_000], HALVES).logEValue;
    expect(huge).toBeGreaterThan(710);
    expect(huge).toBeLessThan(Infinity);
  });
});

describe('findSampleRatioCause', () => {
  it('names the one source that is out of balance', () => {
    const cause = findSampleRatioCause(
      [
        { source: 'facebook', observed: [620, 380] },
        { source: 'zillow', observed: [501, 499] },
        { source: 'referral', observed: [240, 260] },
      ],
      HALVES,
    );
    expect(cause).toMatchObject({ kind: 'source', source: 'facebook' });
  });

  it('names a source when there is no other', () => {
    const only = { source: 'facebook', observed: [600, 400] };
    expect(findSampleRatioCause([only], HALVES)).toEqual({ kind: 'source', ...only });
  });

  it('names the worst of two', () => {
    const cause = findSampleRatioCause(
      [
        { source: 'zillow', observed: [600, 400] },
        { source: 'facebook', observed: [700, 300] },
        { source: 'referral', observed: [250, 250] },
      ],
      HALVES,
    );
    expect(cause).toMatchObject({ kind: 'source', source: 'facebook' });
  });

  it('blames no source when all of them lean', () => {
    const cause = findSampleRatioCause(
      [
        { source: 'facebook', observed: [600, 400] },
        { source: 'zillow', observed: [610, 390] },
      ],
      HALVES,
    );
    expect(cause).toEqual({ kind: 'everywhere' });
  });

  it('blames no source when each leans too little to tell', () => {
    const sources = Array.from({ length: 20 }, (_, i) => ({
      source: `source ${i}`,
      observed: [53, 47],
    }));
    expect(findSampleRatioCause(sources, HALVES)).toBeNull();
    expect(findSampleRatioCause([], HALVES)).toBeNull();
  });
});
