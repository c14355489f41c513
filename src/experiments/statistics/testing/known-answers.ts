import { readFileSync } from 'node:fs';
import { expect } from '@jest/globals';

type Pair = readonly [number, number];

interface TwoArms {
  readonly x1: number;
  readonly n1: number;
  readonly x2: number;
  readonly n2: number;
}

/** Answers computed with scipy and mpmath. */
export interface KnownAnswers {
  readonly srm: readonly {
    readonly obs: readonly number[];
    readonly w: readonly number[];
    readonly chi2: number;
    readonly p: number;
  }[];
  readonly chi2_crit: Readonly<Record<string, number>>;
  readonly two_prop: readonly (TwoArms & {
    readonly diff: number;
    readonly z_pooled: number;
    readonly p_pooled: number;
    readonly z_unpooled: number;
    readonly p_unpooled: number;
    readonly ci95: Pair;
    readonly lift: number;
    readonly lift_se: number;
    readonly lift_ci95: Pair;
  })[];
  readonly seq_growthbook: readonly (TwoArms & {
    readonly rho: number;
    readonly diff: number;
    readonly halfwidth: number;
    readonly ci: Pair;
    readonly evalue: number;
    readonly p: number;
  })[];
  readonly seq_statsig: readonly (TwoArms & {
    readonly tau: number;
    readonly zstar: number;
    readonly ci: Pair;
  })[];
  readonly msprt: readonly {
    readonly d: number;
    readonly V: number;
    readonly tau2: number;
    readonly Lambda: number;
    readonly p: number;
  }[];
  readonly beta_binomial: readonly (TwoArms & {
    readonly P_B_gt_A_quad: number;
    readonly loss_choose_B: number;
    readonly loss_choose_A: number;
    readonly credA: Pair;
    readonly credB: Pair;
  })[];
  readonly sample_size: readonly {
    readonly p: number;
    readonly mde: number;
    readonly alpha: number;
    readonly power: number;
    readonly n_unpooled: number;
    readonly n_pooled: number;
  }[];
  readonly bh: readonly {
    readonly p: readonly number[];
    readonly bh: readonly number[];
    readonly holm: readonly number[];
  }[];
  readonly alpha_spending: {
    readonly t: readonly number[];
    readonly obf: readonly number[];
    readonly pocock: readonly number[];
  };
  readonly simpson: {
    readonly facebook: { readonly A: Pair; readonly B: Pair };
    readonly organic: { readonly A: Pair; readonly B: Pair };
    readonly pooled: { readonly A: number; readonly B: number };
    readonly mh_risk_diff_B_minus_A: number;
  };
  readonly wilson: readonly { readonly x: number; readonly n: number; readonly ci: Pair }[];
  readonly tails: Readonly<
    Record<
      'norm_sf' | 'norm_ppf' | 'chi2_sf' | 'beta_cdf' | 't_cdf' | 'lgamma',
      Record<string, number>
    >
  >;
  readonly group_sequential_obf_5_looks: {
    readonly t: readonly number[];
    readonly bounds_abs_z: readonly number[];
  };
}

export const knownAnswers = JSON.parse(
  readFileSync(new URL('../../../../test/fixtures/vectors/stats.json', import.meta.url), 'utf8'),
) as KnownAnswers;

export const RELATIVE_TOLERANCE = 1e-9;
export const TAIL_TOLERANCE = 1e-6;

/** Jest's own closeness is absolute, which says nothing about a p-value of 1e-105. */
export function expectRelative(
  actual: number | undefined,
  expected: number,
  tolerance = RELATIVE_TOLERANCE,
): void {
  const error = expected === 0 ? Math.abs(actual ?? NaN) : Math.abs((actual ?? NaN) / expected - 1);
  expect({ actual, expected, within: error <= tolerance }).toEqual({
    actual,
    expected,
    within: true,
  });
}

/** The arguments in a key such as `0.12,121,881`. */
export function numbersIn(key: string): number[] {
  return key.split(',').map(Number);
}

export function arms({ x1, n1, x2, n2 }: TwoArms) {
  return {
    control: { successes: x1, trials: n1 },
    treatment: { successes: x2, trials: n2 },
  };
}

/** For results that are null only where there is nothing to compare. */
export function present<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) {
    throw new Error('Expected a value');
  }
  return value;
}
