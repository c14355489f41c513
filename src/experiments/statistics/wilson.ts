import { criticalZ } from './distributions.js';
import { assertProportion, rateOf, type Interval, type Proportion } from './proportion.js';

/**
 * Score interval of one rate (E. B. Wilson, 1927): honest at 0 of n and n of n, where the textbook
 * interval shrinks to a point. Without trials nothing is known: the whole of [0, 1].
 */
export function wilsonInterval(proportion: Proportion, alpha = 0.05): Interval {
  assertProportion(proportion);
  const { successes, trials } = proportion;
  if (trials === 0) {
    return { low: 0, high: 1 };
  }
  const rate = rateOf(proportion);
  const zSquared = criticalZ(alpha) ** 2;
  const scale = 1 + zSquared / trials;
  const centre = rate + zSquared / (2 * trials);
  const spread = Math.sqrt(
    (zSquared * rate * (1 - rate)) / trials + (zSquared / (2 * trials)) ** 2,
  );
  return {
    low: successes === 0 ? 0 : (centre - spread) / scale,
    high: successes === trials ? 1 : (centre + spread) / scale,
  };
}
