import { sequenceScale } from '../statistics/confidence-sequence.js';
import { normalQuantile } from '../statistics/distributions.js';
import type { Interval } from '../statistics/proportion.js';
import { incompleteBeta } from '../statistics/special-functions.js';

/** Below this many waits in an arm the spread of its median cannot be told. */
const FEWEST_FOR_INTERVAL = 10;

/** Waits at which the interval is tightest. */
const TIGHTEST_AT_WAITS = 500;

/** A wait of less than a second is one second: the logarithm needs something to hold. */
const SHORTEST_WAIT_S = 1;

/** Of ascending values; null of none. */
export function medianOf(ascending: readonly number[]): number | null {
  const low = ascending[Math.ceil(ascending.length / 2) - 1];
  const high = ascending[Math.floor(ascending.length / 2)];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

export interface MedianChange {
  /** Treatment's median relative to control's: -0.15 is fifteen percent shorter. */
  readonly relativeChange: number;
  /** May be looked at every day; null while there are too few waits. */
  readonly interval: Interval | null;
}

/**
 * Compares two medians of waits. The spread of the logarithm of a median follows from the order
 * statistics around it (R. M. Price and D. G. Bonett, "Distribution-free confidence intervals for
 * difference and ratio of medians", J. Stat. Comput. Simul. 72, 2002); the radius is that of the
 * asymptotic confidence sequence for rates, which holds for any estimate that is normal in the limit.
 */
export function compareMedians(
  controlWaits: readonly number[],
  treatmentWaits: readonly number[],
  alpha: number,
): MedianChange | null {
  const control = controlWaits.map((wait) => Math.max(SHORTEST_WAIT_S, wait));
  const treatment = treatmentWaits.map((wait) => Math.max(SHORTEST_WAIT_S, wait));
  const controlMedian = medianOf(control);
  const treatmentMedian = medianOf(treatment);
  if (controlMedian === null || treatmentMedian === null) return null;
  const ratio = treatmentMedian / controlMedian;
  const variance = logMedianVariance(control) + logMedianVariance(treatment);
  if (!(variance > 0)) return { relativeChange: ratio - 1, interval: null };
  const halfWidth = Math.sqrt(variance) * radius(control.length + treatment.length, alpha);
  return {
    relativeChange: ratio - 1,
    interval: { low: ratio * Math.exp(-halfWidth) - 1, high: ratio * Math.exp(halfWidth) - 1 },
  };
}

/** NaN while there are too few. */
function logMedianVariance(ascending: readonly number[]): number {
  const count = ascending.length;
  if (count < FEWEST_FOR_INTERVAL) return NaN;
  const rank = Math.round((count + 1) / 2 - Math.sqrt(count));
  const low = ascending[rank - 1] ?? NaN;
  const high = ascending[count - rank] ?? NaN;
  // P(fewer than `rank` of `count` fair coins show heads): how surely the median lies above `low`.
  const tail = incompleteBeta(count - rank + 1, rank, 0.5);
  return ((Math.log(high) - Math.log(low)) / (2 * normalQuantile(1 - tail))) ** 2;
}

/** Half-width of an always-valid interval in standard errors (arXiv 2103.06476, equation 9). */
function radius(count: number, alpha: number): number {
  const scale = sequenceScale({ alpha, tightestAtLeads: TIGHTEST_AT_WAITS });
  const growth = count * scale * scale + 1;
  return Math.sqrt(((2 * growth) / (growth - 1)) * (0.5 * Math.log(growth) - Math.log(alpha)));
}
