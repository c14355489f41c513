/** A bound that a simulated rate has to keep, so that a mistake in the statistics shows as a failure. */
export interface RateBound {
  readonly kind: 'at_most' | 'at_least' | 'near';
  readonly rate: number;
}

export interface MeasuredRate {
  readonly name: string;
  readonly hits: number;
  readonly runs: number;
  /** Absent where there is nothing to promise, only to compare. */
  readonly bound?: RateBound;
}

/** Chance alone moves a rate beyond this in one of 700 simulations, so a breach means a fault. */
const STANDARD_ERRORS_ALLOWED = 3;

export function measuredShare({ hits, runs }: MeasuredRate): number {
  return hits / runs;
}

/** How far the rate may lie on the wrong side of its bound by chance. */
export function allowance(bound: RateBound, runs: number): number {
  return STANDARD_ERRORS_ALLOWED * Math.sqrt((bound.rate * (1 - bound.rate)) / runs);
}

export function keepsBound(measured: MeasuredRate): boolean {
  const { bound, runs } = measured;
  if (bound === undefined) {
    return true;
  }
  const excess = measuredShare(measured) - bound.rate;
  const slack = allowance(bound, runs);
  switch (bound.kind) {
    case 'at_most':
      return excess <= slack;
    case 'at_least':
      return excess >= -slack;
    case 'near':
      return Math.abs(excess) <= slack;
  }
}
