import { criticalZ, normalQuantile } from './distributions.js';

export interface SampleSizeQuestion {
  /** The rate of control. */
  readonly baselineRate: number;
  /** Absolute difference that must not be missed: 0.01 is one percentage point. */
  readonly difference: number;
  readonly alpha: number;
  readonly power: number;
}

/** Leads per arm for one look at the end. */
export interface SampleSizePerArm {
  /** For the pooled z-test, the one used here. */
  readonly pooled: number;
  readonly unpooled: number;
}

function assertProbability(name: string, value: number): void {
  if (!(value > 0 && value < 1)) {
    throw new RangeError(`${name} must lie between 0 and 1, got ${value}`);
  }
}

/**
 * n = (z_α/2 √(2 p̄ q̄) + z_β √(p1 q1 + p2 q2))² / δ², the textbook normal approximation
 * (J. L. Fleiss, "Statistical Methods for Rates and Proportions", without continuity correction).
 */
export function samplePerArm(question: SampleSizeQuestion): SampleSizePerArm {
  const { baselineRate, difference, alpha, power } = question;
  const improvedRate = baselineRate + difference;
  assertProbability('baselineRate', baselineRate);
  assertProbability('baselineRate + difference', improvedRate);
  assertProbability('alpha', alpha);
  assertProbability('power', power);
  if (difference === 0) {
    throw new RangeError('No sample is large enough to find a difference of 0');
  }
  const zAlpha = criticalZ(alpha);
  const zPower = normalQuantile(power);
  const meanRate = (baselineRate + improvedRate) / 2;
  const spread = Math.sqrt(baselineRate * (1 - baselineRate) + improvedRate * (1 - improvedRate));
  const pooledSpread = Math.sqrt(2 * meanRate * (1 - meanRate));
  const leads = (deviations: number) => Math.ceil((deviations / difference) ** 2);
  return {
    pooled: leads(zAlpha * pooledSpread + zPower * spread),
    unpooled: leads((zAlpha + zPower) * spread),
  };
}

/** Whole days until the sample is complete at the present pace; null while no leads arrive. */
export function daysLeft(
  leadsNeeded: number,
  leadsSoFar: number,
  leadsPerDay: number,
): number | null {
  const missing = Math.max(0, leadsNeeded - leadsSoFar);
  if (missing === 0) {
    return 0;
  }
  return leadsPerDay > 0 ? Math.ceil(missing / leadsPerDay) : null;
}
