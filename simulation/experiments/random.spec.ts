import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { chiSquareSf } from '#product/experiments/statistics/distributions.js';
import { logBinomialProbability } from '#product/experiments/statistics/special-functions.js';
import { drawBinomial } from './binomial-sampler.js';
import { SeededRandom } from '../seeded-random.js';

describe('SeededRandom', () => {
  it('repeats itself for a seed and differs for the next', () => {
    const draw = (seed: number) => {
      const random = new SeededRandom(seed);
      return [random.nextUniform(), random.nextUniform(), random.nextUniform()];
    };
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });

  it('is uniform: a hundred equal cells pass a chi-square test', () => {
    const random = new SeededRandom(42);
    const cells = new Array<number>(100).fill(0);
    for (let i = 0; i < 100_000; i += 1) {
      const cell = Math.floor(random.nextUniform() * 100);
      cells[cell] = (cells[cell] ?? NaN) + 1;
    }
    const chiSquare = cells.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    expect(chiSquareSf(chiSquare, 99)).toBeGreaterThan(0.001);
  });
});

describe('drawBinomial', () => {
  it.each([
    [20, 0.2],
    [50, 0.9],
    [100, 0.1],
    [200, 0.4],
    [5000, 0.02],
    [5000, 0.7],
  ])('of %s at %s has the exact distribution', (trials, rate) => {
    const draws = 40_000;
    const random = new SeededRandom(7);
    const counts = new Map<number, number>();
    for (let i = 0; i < draws; i += 1) {
      const successes = drawBinomial(random, trials, rate);
      counts.set(successes, (counts.get(successes) ?? 0) + 1);
    }
    let chiSquare = 0;
    let cells = 0;
    for (let successes = 0; successes <= trials; successes += 1) {
      const expected = draws * Math.exp(logBinomialProbability(successes, trials, rate));
      if (expected >= 10) {
        chiSquare += ((counts.get(successes) ?? 0) - expected) ** 2 / expected;
        cells += 1;
      }
    }
    expect(cells).toBeGreaterThan(5);
    expect(chiSquareSf(chiSquare, cells)).toBeGreaterThan(0.001);
  });

  it('stays within its range, and certain events are certain', () => {
    fc.assert(
      fc.property(
        fc.nat(10_000),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.nat(),
        (trials, rate, seed) => {
          const successes = drawBinomial(new SeededRandom(seed), trials, rate);
          expect(Number.isInteger(successes)).toBe(true);
          expect(successes).toBeGreaterThanOrEqual(0);
          expect(successes).toBeLessThanOrEqual(trials);
        },
      ),
    );
    const random = new SeededRandom(1);
    expect([0, 1].map((rate) => drawBinomial(random, 30, rate))).toEqual([0, 30]);
  });
});
