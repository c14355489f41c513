import { criticalZ, twoSidedPValue } from './distributions.js';
import {
  assertProportion,
  rateOf,
  unpooledVariance,
  variancePerLead,
  type Interval,
  type Proportion,
} from './proportion.js';

export interface RelativeLift {
  /** 0.25 is "a quarter more than control". */
  readonly estimate: number;
  readonly standardError: number;
  readonly interval: Interval;
}

/** Fixed-sample comparison: valid for one look at a sample size chosen beforehand. */
export interface ProportionComparison {
  /** Treatment rate minus control rate. */
  readonly difference: number;
  readonly standardError: number;
  readonly interval: Interval;
  /** Variance under "no difference": the test. */
  readonly pooledZ: number;
  readonly pooledPValue: number;
  /** Variance of each arm by itself: the test that agrees with the interval. */
  readonly unpooledZ: number;
  readonly unpooledPValue: number;
  /**
   * Null while control has no success. Its interval is wider than that of the difference and may hold
   * zero where the difference is significant: significance is read on the absolute scale only.
   */
  readonly lift: RelativeLift | null;
}

function intervalAround(estimate: number, halfWidth: number): Interval {
  return { low: estimate - halfWidth, high: estimate + halfWidth };
}

/** Equal rates are no evidence even where nobody or everybody said yes and the variance is zero. */
function zScore(difference: number, standardError: number): number {
  return difference === 0 ? 0 : difference / standardError;
}

/** z of the difference with the variance under the null hypothesis; 0 while an arm is empty. */
export function pooledZScore(control: Proportion, treatment: Proportion): number {
  if (control.trials === 0 || treatment.trials === 0) {
    return 0;
  }
  const variance = variancePerLead({
    successes: control.successes + treatment.successes,
    trials: control.trials + treatment.trials,
  });
  const standardError = Math.sqrt(variance * (1 / control.trials + 1 / treatment.trials));
  return zScore(rateOf(treatment) - rateOf(control), standardError);
}

/** Delta method: var(p2/p1) = v2/p1² + v1 p2²/p1⁴, v being the variance of a rate. */
function relativeLift(control: Proportion, treatment: Proportion, z: number): RelativeLift | null {
  if (control.successes === 0) {
    return null;
  }
  const base = rateOf(control);
  const ratio = rateOf(treatment) / base;
  const controlVariance = variancePerLead(control) / control.trials;
  const treatmentVariance = variancePerLead(treatment) / treatment.trials;
  const standardError = Math.sqrt(treatmentVariance + controlVariance * ratio * ratio) / base;
  const estimate = ratio - 1;
  return { estimate, standardError, interval: intervalAround(estimate, z * standardError) };
}

/** Null while an arm is empty. */
export function compareProportions(
  control: Proportion,
  treatment: Proportion,
  alpha = 0.05,
): ProportionComparison | null {
  assertProportion(control);
  assertProportion(treatment);
  if (control.trials === 0 || treatment.trials === 0) {
    return null;
  }
  const z = criticalZ(alpha);
  const difference = rateOf(treatment) - rateOf(control);
  const standardError = Math.sqrt(unpooledVariance(control, treatment));
  const pooledZ = pooledZScore(control, treatment);
  const unpooledZ = zScore(difference, standardError);
  return {
    difference,
    standardError,
    interval: intervalAround(difference, z * standardError),
    pooledZ,
    pooledPValue: twoSidedPValue(pooledZ),
    unpooledZ,
    unpooledPValue: twoSidedPValue(unpooledZ),
    lift: relativeLift(control, treatment, z),
  };
}
