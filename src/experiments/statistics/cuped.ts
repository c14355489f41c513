/** One lead: what was measured, and what was known of it before the experiment. */
export interface CupedObservation {
  readonly outcome: number;
  readonly covariate: number;
}

export interface CupedAdjustment {
  readonly theta: number;
  /** Share of the variance that the covariate explains, between 0 and 1. */
  readonly varianceExplained: number;
  readonly variance: number;
  readonly adjustedVariance: number;
  /** In the order given; their mean is that of the outcomes. */
  readonly adjusted: readonly number[];
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * Removes from an outcome what a pre-experiment covariate explains: Y - θ (X - mean X) with
 * θ = cov(Y, X) / var(X) over all arms together (A. Deng, Y. Xu, R. Kohavi and T. Walker, "Improving the
 * Sensitivity of Online Controlled Experiments by Utilizing Pre-Experiment Data", WSDM 2013).
 * A constant covariate explains nothing and changes nothing.
 */
export function adjustByCovariate(observations: readonly CupedObservation[]): CupedAdjustment {
  if (observations.length < 2) {
    throw new RangeError('A variance needs at least two observations');
  }
  const outcomeMean = mean(observations.map(({ outcome }) => outcome));
  const covariateMean = mean(observations.map(({ covariate }) => covariate));
  let outcomeSquares = 0;
  let covariateSquares = 0;
  let products = 0;
  for (const { outcome, covariate } of observations) {
    outcomeSquares += (outcome - outcomeMean) ** 2;
    covariateSquares += (covariate - covariateMean) ** 2;
    products += (outcome - outcomeMean) * (covariate - covariateMean);
  }
  const theta = covariateSquares === 0 ? 0 : products / covariateSquares;
  const explained = outcomeSquares === 0 ? 0 : (theta * products) / outcomeSquares;
  const variance = outcomeSquares / (observations.length - 1);
  return {
    theta,
    varianceExplained: explained,
    variance,
    adjustedVariance: variance * (1 - explained),
    adjusted: observations.map(
      ({ outcome, covariate }) => outcome - theta * (covariate - covariateMean),
    ),
  };
}
