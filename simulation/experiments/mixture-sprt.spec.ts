import { describe, expect, it } from '@jest/globals';
import { mixtureLikelihoodRatio, selfTunedMixtureInterval } from './mixture-sprt.js';
import {
  arms,
  expectRelative,
  knownAnswers,
} from '#product/experiments/statistics/testing/known-answers.js';

describe('mixtureLikelihoodRatio', () => {
  it.each(knownAnswers.msprt)('of a difference of $d with variance $V', (known) => {
    const ratio = mixtureLikelihoodRatio(known.d, known.V, known.tau2);
    expectRelative(ratio, known.Lambda);
    expectRelative(Math.min(1, 1 / ratio), known.p);
  });

  it('counts against an effect that does not show', () => {
    expect(mixtureLikelihoodRatio(0, 1e-6, 1e-4)).toBeLessThan(1);
  });
});

describe('selfTunedMixtureInterval', () => {
  it.each(knownAnswers.seq_statsig)('$x1/$n1 against $x2/$n2', (known) => {
    const { control, treatment } = arms(known);
    const mixture = selfTunedMixtureInterval(control, treatment);
    expectRelative(mixture.mixingVariance, known.tau);
    expectRelative(mixture.criticalZ, known.zstar);
    expectRelative(mixture.interval.low, known.ci[0]);
    expectRelative(mixture.interval.high, known.ci[1]);
  });
});
