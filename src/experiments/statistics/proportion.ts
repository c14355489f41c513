/** How many of an arm's leads did it: the raw material of every test here. */
export interface Proportion {
  readonly successes: number;
  readonly trials: number;
}

/** Both ends belong to the interval. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Counts come from our own queries: a fault in them is a bug, not bad luck, and must not become a verdict. */
export function assertProportion({ successes, trials }: Proportion): void {
  const counts = Number.isSafeInteger(successes) && Number.isSafeInteger(trials);
  if (!counts || successes < 0 || successes > trials) {
    throw new RangeError(`Not a proportion: ${successes} of ${trials}`);
  }
}

/** The caller has made sure that there are trials. */
export function rateOf({ successes, trials }: Proportion): number {
  return successes / trials;
}

/** Variance of one lead's yes or no, by the plug-in estimate p(1 - p). */
export function variancePerLead(proportion: Proportion): number {
  const rate = rateOf(proportion);
  return rate * (1 - rate);
}

/** Variance of (treatment rate - control rate), each arm with its own rate. */
export function unpooledVariance(control: Proportion, treatment: Proportion): number {
  return variancePerLead(control) / control.trials + variancePerLead(treatment) / treatment.trials;
}
