import { criticalZ } from '#product/experiments/statistics/distributions.js';
import {
  rateOf,
  unpooledVariance,
  variancePerLead,
  type Interval,
  type Proportion,
} from '#product/experiments/statistics/proportion.js';

/**
 * The mixture sequential probability ratio test in its two common forms. No verdict rests on them: the
 * simulation runs them beside ours, so that the choice of test can be judged by its measured power.
 */

/**
 * Likelihood ratio Λ against "no difference", mixed over N(0, mixingVariance) effects
 * (R. Johari, L. Pekelis, D. Walsh, "Always Valid Inference", arXiv 1512.04922). Reject at Λ >= 1/alpha.
 */
export function mixtureLikelihoodRatio(
  difference: number,
  variance: number,
  mixingVariance: number,
): number {
  const total = variance + mixingVariance;
  const exponent = (mixingVariance * difference * difference) / (2 * variance * total);
  return Math.sqrt(variance / total) * Math.exp(exponent);
}

export interface SelfTunedMixture {
  readonly interval: Interval;
  readonly mixingVariance: number;
  /** What replaces 1.96 in the interval. */
  readonly criticalZ: number;
}

/**
 * The form documented by Statsig (M. Zhao et al., arXiv 1905.10493): the mixing variance follows the
 * data, which makes the critical value the same at every look. Both arms must hold leads and vary.
 */
export function selfTunedMixtureInterval(
  control: Proportion,
  treatment: Proportion,
  alpha = 0.05,
): SelfTunedMixture {
  const variance = unpooledVariance(control, treatment);
  const leads = control.trials + treatment.trials;
  const mixingVariance =
    (criticalZ(alpha) ** 2 * (variancePerLead(control) + variancePerLead(treatment))) / leads;
  const total = variance + mixingVariance;
  const logTerm = -2 * Math.log(alpha / 2) - Math.log(variance / total);
  const critical = Math.sqrt((total / mixingVariance) * logTerm);
  const difference = rateOf(treatment) - rateOf(control);
  const halfWidth = critical * Math.sqrt(variance);
  return {
    interval: { low: difference - halfWidth, high: difference + halfWidth },
    mixingVariance,
    criticalZ: critical,
  };
}
