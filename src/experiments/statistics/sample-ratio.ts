import { chiSquareSf } from './distributions.js';
import { logGamma } from './special-functions.js';

/**
 * Did the arms receive the shares they were meant to? If not, leads were lost or doubled on one side,
 * and no other number of the report can be believed (A. Fabijan et al., "Diagnosing Sample Ratio
 * Mismatch in Online Controlled Experiments", KDD 2019).
 */

/** Alarm at p < 0.001, the common threshold: a true mismatch gives far less, and false alarms cost trust. */
export const SAMPLE_RATIO_ALPHA = 0.001;

/** Weight of the prior in leads: 100 finds both gross and small mismatches soon. */
const PRIOR_LEADS = 100;

interface ArmShare {
  readonly observed: number;
  /** The arm's share of all leads, between 0 and 1. */
  readonly weight: number;
}

/** Weights need not add up to 1. An arm of weight 0 takes part only if, wrongly, it received leads. */
function armShares(observed: readonly number[], weights: readonly number[]): ArmShare[] {
  const totalWeight = weights.reduce((sum, weight) => sum + weight, 0);
  const valid = weights.every((weight) => weight >= 0) && totalWeight > 0;
  if (observed.length !== weights.length || !valid) {
    throw new RangeError(`Arms ${observed.join('/')} do not fit weights ${weights.join('/')}`);
  }
  return observed
    .map((count, arm) => ({ observed: count, weight: (weights[arm] ?? 0) / totalWeight }))
    .filter((arm) => arm.weight > 0 || arm.observed > 0);
}

export interface SampleRatioTest {
  readonly chiSquare: number;
  readonly degreesOfFreedom: number;
  readonly pValue: number;
  readonly mismatch: boolean;
}

/** Pearson's chi-square, for a look now and then: checked at every lead it cries wolf 26 times too often. */
export function sampleRatioTest(
  observed: readonly number[],
  weights: readonly number[],
): SampleRatioTest {
  const arms = armShares(observed, weights);
  const total = observed.reduce((sum, count) => sum + count, 0);
  const degreesOfFreedom = arms.length - 1;
  if (total === 0 || degreesOfFreedom === 0) {
    return { chiSquare: 0, degreesOfFreedom, pValue: 1, mismatch: false };
  }
  const chiSquare = arms.reduce((sum, arm) => {
    const expected = arm.weight * total;
    return sum + (arm.observed - expected) ** 2 / expected;
  }, 0);
  const pValue = chiSquareSf(chiSquare, degreesOfFreedom);
  return { chiSquare, degreesOfFreedom, pValue, mismatch: pValue < SAMPLE_RATIO_ALPHA };
}

export interface SampleRatioEvidence {
  readonly logEValue: number;
  readonly mismatch: boolean;
}

/**
 * Dirichlet-multinomial e-value: may be looked at after every exposure, and exceeds 1000 in at most one
 * of 1000 experiments without a mismatch (M. Lindon and A. Malek, "Anytime-Valid Inference for
 * Multinomial Count Data", arXiv 2011.03567). In logarithms, since evidence soon exceeds 1e308.
 */
export function sampleRatioEvidence(
  observed: readonly number[],
  weights: readonly number[],
): SampleRatioEvidence {
  const arms = armShares(observed, weights);
  const total = observed.reduce((sum, count) => sum + count, 0);
  const start = logGamma(PRIOR_LEADS) - logGamma(PRIOR_LEADS + total);
  const logEValue = arms.reduce((sum, arm) => {
    if (arm.weight === 0) {
      return Infinity;
    }
    const prior = PRIOR_LEADS * arm.weight;
    const gain = logGamma(prior + arm.observed) - logGamma(prior);
    return sum + gain - arm.observed * Math.log(arm.weight);
  }, start);
  return { logEValue, mismatch: logEValue >= -Math.log(SAMPLE_RATIO_ALPHA) };
}

export interface SourceExposures {
  readonly source: string;
  /** Exposures in the order of the weights. */
  readonly observed: readonly number[];
}

export type SampleRatioCause =
  | { readonly kind: 'source'; readonly source: string; readonly observed: readonly number[] }
  | { readonly kind: 'everywhere' };

/**
 * The source that is out of balance, corrected for how many there are: the worst one, or `everywhere`
 * when all of them are, which points at assignment or recording and not at one channel. Null when no
 * source stands out. Sources may be off while the total is balanced: then A and B hold different leads.
 */
export function findSampleRatioCause(
  sources: readonly SourceExposures[],
  weights: readonly number[],
): SampleRatioCause | null {
  const offenders = sources
    .map((source) => ({ ...source, pValue: sampleRatioTest(source.observed, weights).pValue }))
    .filter(({ pValue }) => pValue < SAMPLE_RATIO_ALPHA / sources.length)
    .sort((a, b) => a.pValue - b.pValue);
  const worst = offenders[0];
  if (worst === undefined) {
    return null;
  }
  return offenders.length === sources.length && sources.length > 1
    ? { kind: 'everywhere' }
    : { kind: 'source', source: worst.source, observed: worst.observed };
}
