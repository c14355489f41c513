import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { criticalZ, normalQuantile } from './distributions.js';
import {
  equalFractions,
  groupSequentialBounds,
  obrienFlemingSpending,
  pocockSpending,
  sampleInflation,
  upperCrossingProbability,
} from './group-sequential.js';
import { expectRelative, knownAnswers } from './testing/known-answers.js';

const { alpha_spending: spending, group_sequential_obf_5_looks: classic } = knownAnswers;

describe('spending functions', () => {
  it.each(spending.t)('at %s of the information', (fraction) => {
    const look = spending.t.indexOf(fraction);
    expectRelative(obrienFlemingSpending(0.05, fraction), spending.obf[look] ?? NaN);
    expectRelative(pocockSpending(0.05, fraction), spending.pocock[look] ?? NaN);
  });
});

describe('groupSequentialBounds', () => {
  it('gives the classical table at five equal looks', () => {
    const bounds = groupSequentialBounds(classic.t, 0.05);
    bounds.forEach((bound, look) => {
      expect(Math.abs(bound - (classic.bounds_abs_z[look] ?? NaN))).toBeLessThan(1.5e-4);
    });
  });

  it('solves the second look to eight digits, where the table has four', () => {
    // Adaptive quadrature and root finding of the same integral in scipy.
    const [first, second] = groupSequentialBounds(classic.t, 0.05);
    expectRelative(first, 4.876884948790762, 1e-8);
    expectRelative(second, 3.357011921574642, 1e-8);
  });

  it('is the ordinary test when there is one look', () => {
    const [bound] = groupSequentialBounds([1], 0.05);
    expect(bound).toBeCloseTo(criticalZ(0.05), 8);
  });

  it('spends exactly what it may, at unequal looks and with either function', () => {
    const schedule = fc
      .uniqueArray(fc.integer({ min: 1, max: 19 }), { minLength: 1, maxLength: 4 })
      .map((twentieths) => [...twentieths.sort((a, b) => a - b), 20].map((part) => part / 20));
    fc.assert(
      fc.property(
        schedule,
        fc.constantFrom(obrienFlemingSpending, pocockSpending),
        (fractions, spendingFunction) => {
          const bounds = groupSequentialBounds(fractions, 0.05, spendingFunction);
          expect(upperCrossingProbability(fractions, bounds, 0)).toBeCloseTo(0.025, 5);
        },
      ),
      { numRuns: 6 },
    );
  });

  it('sets no reachable bound where nothing may be spent yet', () => {
    const [early] = groupSequentialBounds([0.01, 1], 0.05);
    expect(early).toBeGreaterThan(9.9);
  });

  it('keeps to a look that comes right after another', () => {
    const fractions = [0.5, 0.501, 1];
    const bounds = groupSequentialBounds(fractions, 0.05);
    expect(upperCrossingProbability(fractions, bounds, 0)).toBeCloseTo(0.025, 5);
  });

  it.each([[[]], [[0.5, 0.5]], [[0.5, 0.4]], [[0, 1]], [[0.5, 1.1]], [[NaN]]])(
    'refuses the fractions %j',
    (fractions) => {
      expect(() => groupSequentialBounds(fractions)).toThrow(RangeError);
      expect(() => upperCrossingProbability(fractions, [], 0)).toThrow(RangeError);
    },
  );
});

describe('sampleInflation', () => {
  it('asks for about three percent more leads at five looks, and none at one', () => {
    expect(sampleInflation(5, 0.05, 0.8)).toBeCloseTo(1.0275, 2);
    expect(sampleInflation(1, 0.05, 0.8)).toBeCloseTo(1, 4);
  });

  it('restores the power it is asked for', () => {
    const fixedDrift = criticalZ(0.05) + normalQuantile(0.9);
    const drift = fixedDrift * Math.sqrt(sampleInflation(4, 0.05, 0.9));
    const fractions = equalFractions(4);
    const bounds = groupSequentialBounds(fractions, 0.05);
    expect(upperCrossingProbability(fractions, bounds, drift)).toBeCloseTo(0.9, 6);
  });
});
