import { chiSquareSf, criticalZ } from './distributions.js';
import {
  assertProportion,
  rateOf,
  unpooledVariance,
  type Interval,
  type Proportion,
} from './proportion.js';

/** One segment, source or allocation epoch: leads compared with their own kind only. */
export interface Stratum {
  readonly name: string;
  readonly control: Proportion;
  readonly treatment: Proportion;
}

export interface StratifiedDifference {
  /** Treatment rate minus control rate, weighted over the strata. */
  readonly difference: number;
  readonly standardError: number;
  readonly interval: Interval;
  /** Do the strata differ among themselves? A small value says that one number does not describe them. */
  readonly heterogeneityPValue: number;
}

/** A stratum with an empty arm compares nothing. */
function comparable(strata: readonly Stratum[]): Stratum[] {
  return strata.filter(({ control, treatment }) => {
    assertProportion(control);
    assertProportion(treatment);
    return control.trials > 0 && treatment.trials > 0;
  });
}

function differenceIn({ control, treatment }: Stratum): number {
  return rateOf(treatment) - rateOf(control);
}

function weightOf({ control, treatment }: Stratum): number {
  return (control.trials * treatment.trials) / (control.trials + treatment.trials);
}

/** Cochran's Q over the strata whose variance is known. */
function heterogeneity(strata: readonly Stratum[], common: number): number {
  const varying = strata.filter(
    ({ control, treatment }) => unpooledVariance(control, treatment) > 0,
  );
  if (varying.length < 2) {
    return 1;
  }
  const q = varying.reduce((sum, stratum) => {
    const variance = unpooledVariance(stratum.control, stratum.treatment);
    return sum + (differenceIn(stratum) - common) ** 2 / variance;
  }, 0);
  return chiSquareSf(q, varying.length - 1);
}

/**
 * Mantel-Haenszel risk difference, with the variance of S. Greenland and J. M. Robins ("Estimation of a
 * Common Effect Parameter from Sparse Follow-Up Data", Biometrics 41, 1985). Null without a stratum
 * that has leads in both arms.
 */
export function mantelHaenszel(
  strata: readonly Stratum[],
  alpha = 0.05,
): StratifiedDifference | null {
  const usable = comparable(strata);
  const totalWeight = usable.reduce((sum, stratum) => sum + weightOf(stratum), 0);
  if (totalWeight === 0) {
    return null;
  }
  const difference =
    usable.reduce((sum, stratum) => sum + weightOf(stratum) * differenceIn(stratum), 0) /
    totalWeight;
  const variance =
    usable.reduce(
      (sum, stratum) =>
        sum + weightOf(stratum) ** 2 * unpooledVariance(stratum.control, stratum.treatment),
      0,
    ) /
    totalWeight ** 2;
  const standardError = Math.sqrt(variance);
  const halfWidth = criticalZ(alpha) * standardError;
  return {
    difference,
    standardError,
    interval: { low: difference - halfWidth, high: difference + halfWidth },
    heterogeneityPValue: heterogeneity(usable, difference),
  };
}

function pool(proportions: readonly Proportion[]): Proportion {
  return {
    successes: proportions.reduce((sum, { successes }) => sum + successes, 0),
    trials: proportions.reduce((sum, { trials }) => sum + trials, 0),
  };
}

/** Pooled and stratified differences disagree in sign, or by more than this many standard errors. */
const DISAGREEMENT_STANDARD_ERRORS = 2;

export type SimpsonCheck =
  | { readonly kind: 'consistent' }
  | {
      readonly kind: 'paradox';
      readonly pooledDifference: number;
      readonly stratifiedDifference: number;
      /** The stratum whose share of control's leads differs most from its share of treatment's. */
      readonly culprit: string;
      readonly shareOfControl: number;
      readonly shareOfTreatment: number;
    };

interface ArmShares {
  readonly name: string;
  readonly shareOfControl: number;
  readonly shareOfTreatment: number;
}

function mostUnequalShares(strata: readonly Stratum[], totals: Omit<Stratum, 'name'>): ArmShares {
  const imbalance = (shares: ArmShares) =>
    Math.abs(shares.shareOfTreatment - shares.shareOfControl);
  return strata
    .map(({ name, control, treatment }) => ({
      name,
      shareOfControl: control.trials / totals.control.trials,
      shareOfTreatment: treatment.trials / totals.treatment.trials,
    }))
    .reduce((worst, shares) => (imbalance(shares) > imbalance(worst) ? shares : worst));
}

/**
 * Simpson's paradox: arms filled with different mixes of leads can look better pooled while being worse
 * in every stratum. Where both numbers disagree, the stratified one is to be believed.
 */
export function checkSimpsonsParadox(strata: readonly Stratum[]): SimpsonCheck {
  const stratified = mantelHaenszel(strata);
  if (stratified === null) {
    return { kind: 'consistent' };
  }
  const totals = {
    control: pool(strata.map(({ control }) => control)),
    treatment: pool(strata.map(({ treatment }) => treatment)),
  };
  const pooledDifference = rateOf(totals.treatment) - rateOf(totals.control);
  const opposite = pooledDifference * stratified.difference < 0;
  const distance = Math.abs(pooledDifference - stratified.difference);
  const apart = distance > DISAGREEMENT_STANDARD_ERRORS * stratified.standardError;
  if (!opposite && !apart) {
    return { kind: 'consistent' };
  }
  const { name, ...shares } = mostUnequalShares(strata, totals);
  return {
    kind: 'paradox',
    pooledDifference,
    stratifiedDifference: stratified.difference,
    culprit: name,
    ...shares,
  };
}
