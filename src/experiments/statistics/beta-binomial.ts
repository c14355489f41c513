import { betaQuantile, normalDensity, normalSf } from './distributions.js';
import { assertProportion, type Interval, type Proportion } from './proportion.js';
import { logBeta } from './special-functions.js';

/**
 * Bayesian reading of two rates with a flat prior, Beta(1, 1). Told beside the tests and never in their
 * place: chance to win does not protect anybody who stops at the first high value.
 */

/** Beta distribution of a rate given what was seen. */
interface Posterior {
  readonly alpha: number;
  readonly beta: number;
}

/** Above this many successes the sum is slow, and the normal approximation as good as exact. */
const EXACT_UP_TO_SUCCESSES = 100_000;

/** Partial sums are scaled down beyond this, so that they cannot overflow. */
const RESCALE_ABOVE = 1e200;

function posteriorOf(proportion: Proportion): Posterior {
  assertProportion(proportion);
  return {
    alpha: 1 + proportion.successes,
    beta: 1 + proportion.trials - proportion.successes,
  };
}

/**
 * P(winner > loser) in closed form (E. Miller, "Formulas for Bayesian A/B Testing"): a sum of positive
 * terms, so a small probability keeps its digits. Each term follows from the one before by a ratio.
 */
function exactProbabilityAbove(winner: Posterior, loser: Posterior): number {
  const betas = winner.beta + loser.beta;
  let logScale = logBeta(loser.alpha, betas) - logBeta(loser.alpha, loser.beta);
  let term = 1;
  let sum = 0;
  for (let i = 0; i < winner.alpha; i += 1) {
    sum += term;
    term *= ((loser.alpha + i) * (winner.beta + i)) / ((loser.alpha + i + betas) * (i + 1));
    if (term > RESCALE_ABOVE) {
      term /= RESCALE_ABOVE;
      sum /= RESCALE_ABOVE;
      logScale += Math.log(RESCALE_ABOVE);
    }
  }
  return Math.min(1, Math.exp(logScale + Math.log(sum)));
}

function meanOf({ alpha, beta }: Posterior): number {
  return alpha / (alpha + beta);
}

function varianceOf(posterior: Posterior): number {
  const mean = meanOf(posterior);
  return (mean * (1 - mean)) / (posterior.alpha + posterior.beta + 1);
}

/** What each choice risks, and how probable it is that treatment is the better arm. */
export interface BetaBinomialComparison {
  /** P(treatment rate > control rate). */
  readonly chanceToWin: number;
  /** Rate given away on average by choosing treatment: E[max(control - treatment, 0)]. */
  readonly lossOfTreatment: number;
  /** Rate given away on average by choosing control. */
  readonly lossOfControl: number;
  readonly method: 'exact' | 'normal';
}

/** E[max(other - chosen, 0)], the chosen arm being the worse one. */
function exactLoss(chosen: Posterior, other: Posterior): number {
  const raised = (posterior: Posterior) => ({ ...posterior, alpha: posterior.alpha + 1 });
  const loss =
    meanOf(other) * exactProbabilityAbove(raised(other), chosen) -
    meanOf(chosen) * exactProbabilityAbove(other, raised(chosen));
  return Math.max(0, loss);
}

/** E[max(X, 0)] of a normal X. The two terms cancel to z^-2 of themselves: twelve digits remain at z = 37. */
function normalExcess(mean: number, deviation: number): number {
  const z = -mean / deviation;
  return deviation * Math.max(0, normalDensity(z) - z * normalSf(z));
}

function approximate(control: Posterior, treatment: Posterior): BetaBinomialComparison {
  const mean = meanOf(treatment) - meanOf(control);
  const deviation = Math.sqrt(varianceOf(control) + varianceOf(treatment));
  return {
    chanceToWin: normalSf(-mean / deviation),
    lossOfTreatment: normalExcess(-mean, deviation),
    lossOfControl: normalExcess(mean, deviation),
    method: 'normal',
  };
}

export function compareBetaBinomial(
  control: Proportion,
  treatment: Proportion,
): BetaBinomialComparison {
  const controlPosterior = posteriorOf(control);
  const treatmentPosterior = posteriorOf(treatment);
  if (control.successes + treatment.successes > EXACT_UP_TO_SUCCESSES) {
    return approximate(controlPosterior, treatmentPosterior);
  }
  return {
    chanceToWin: exactProbabilityAbove(treatmentPosterior, controlPosterior),
    lossOfTreatment: exactLoss(treatmentPosterior, controlPosterior),
    lossOfControl: exactLoss(controlPosterior, treatmentPosterior),
    method: 'exact',
  };
}

/** Holds the rate with probability 1 - alpha, half of alpha on each side. */
export function credibleInterval(proportion: Proportion, alpha = 0.05): Interval {
  const posterior = posteriorOf(proportion);
  return {
    low: betaQuantile(alpha / 2, posterior.alpha, posterior.beta),
    high: betaQuantile(1 - alpha / 2, posterior.alpha, posterior.beta),
  };
}
