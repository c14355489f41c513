import { describe, expect, it } from '@jest/globals';
import { daysLeft, samplePerArm } from './sample-size.js';
import { knownAnswers } from './testing/known-answers.js';

const QUESTION = { baselineRate: 0.05, difference: 0.01, alpha: 0.05, power: 0.8 };

describe('samplePerArm', () => {
  it.each(knownAnswers.sample_size)('for $p + $mde at power $power', (known) => {
    const sample = samplePerArm({
      baselineRate: known.p,
      difference: known.mde,
      alpha: known.alpha,
      power: known.power,
    });
    expect(sample).toEqual({ pooled: known.n_pooled, unpooled: known.n_unpooled });
  });

  it('treats a loss like a gain between the same rates', () => {
    expect(samplePerArm({ ...QUESTION, baselineRate: 0.06, difference: -0.01 })).toEqual(
      samplePerArm(QUESTION),
    );
  });

  it.each([
    ['a baseline of 0', { baselineRate: 0 }],
    ['a rate above 1', { baselineRate: 0.995 }],
    ['no difference', { difference: 0 }],
    ['alpha 0', { alpha: 0 }],
    ['power 1', { power: 1 }],
    ['a missing number', { power: NaN }],
  ])('refuses %s', (_, fault) => {
    expect(() => samplePerArm({ ...QUESTION, ...fault })).toThrow(RangeError);
  });
});

describe('daysLeft', () => {
  it.each([
    [100, 40, 20, 3],
    [100, 40, 25, 3],
    [100, 100, 20, 0],
    [100, 130, 0, 0],
    [100, 99, 0, null],
  ])('of %s leads needed, %s there, %s a day: %s', (needed, soFar, perDay, days) => {
    expect(daysLeft(needed, soFar, perDay)).toBe(days);
  });
});
