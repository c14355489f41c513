import { logBinomialProbability } from '#product/experiments/statistics/special-functions.js';
import type { SeededRandom } from '../seeded-random.js';

/** Below this mean, counting up the probabilities is quicker than rejection, and rejection is not valid. */
const INVERSION_BELOW_MEAN = 10;

/** Adds up probabilities from 0 until they pass a uniform number. */
function byInversion(random: SeededRandom, trials: number, rate: number): number {
  const odds = rate / (1 - rate);
  let remaining = random.nextUniform();
  let probability = Math.exp(trials * Math.log1p(-rate));
  for (let successes = 0; successes < trials; successes += 1) {
    if (remaining < probability) {
      return successes;
    }
    remaining -= probability;
    probability *= ((trials - successes) / (successes + 1)) * odds;
  }
  return trials;
}

/**
 * Transformed rejection with squeeze, algorithm BTRS of W. Hörmann, "The Generation of Binomial Random
 * Variates", J. Stat. Comput. Simul. 46 (1993), whose fitted constants these are. Exact: the squeeze only
 * spares the logarithms. Needs rate <= 1/2 and a mean of at least 10.
 */
function byRejection(random: SeededRandom, trials: number, rate: number): number {
  const deviation = Math.sqrt(trials * rate * (1 - rate));
  const b = 1.15 + 2.53 * deviation;
  const a = -0.0873 + 0.0248 * b + 0.01 * rate;
  const centre = trials * rate + 0.5;
  const squeeze = 0.92 - 4.2 / b;
  const height = (2.83 + 5.1 / b) * deviation;
  const mode = Math.floor((trials + 1) * rate);
  for (;;) {
    const u = random.nextUniform() - 0.5;
    const v = random.nextUniform();
    const edge = 0.5 - Math.abs(u);
    const successes = Math.floor(((2 * a) / edge + b) * u + centre);
    if (edge >= 0.07 && v <= squeeze) {
      return successes;
    }
    if (successes >= 0 && successes <= trials) {
      const logHeight = Math.log((v * height) / (a / (edge * edge) + b));
      const logRatio =
        logBinomialProbability(successes, trials, rate) -
        logBinomialProbability(mode, trials, rate);
      if (logHeight <= logRatio) {
        return successes;
      }
    }
  }
}

/** Draws how many of `trials` leads do it when each does with probability `rate`. */
export function drawBinomial(random: SeededRandom, trials: number, rate: number): number {
  if (trials === 0 || rate <= 0) {
    return 0;
  }
  if (rate > 0.5) {
    return trials - drawBinomial(random, trials, 1 - rate);
  }
  return trials * rate < INVERSION_BELOW_MEAN
    ? byInversion(random, trials, rate)
    : byRejection(random, trials, rate);
}
