import { sampleInflation } from './group-sequential.js';
import { samplePerArm } from './sample-size.js';

/** What must not get worse, whatever the primary metric does. */
export interface GuardrailPlan {
  readonly metric: string;
  /** Chance of a false alarm over the whole life of the experiment. */
  readonly alpha: number;
  /** Absolute rise of the rate that is put up with; 0 alarms at any proven rise. */
  readonly tolerance: number;
}

/**
 * The decision rule, fixed when the experiment starts and stored with it. Changing any of it while
 * results come in would void the error rates; a new plan is a new experiment.
 */
export interface ExperimentPlan {
  readonly key: string;
  /** Control first. */
  readonly variants: readonly string[];
  /** Shares of the leads, in the order of the variants; they need not add up to 1. */
  readonly weights: readonly number[];
  readonly primaryMetric: string;
  /** The smallest relative lift worth having: 0.1 is ten percent more than control. */
  readonly minimumLift: number;
  /** Chance of declaring a winner where there is none, over all looks. */
  readonly alpha: number;
  /** Chance of finding a lift of `minimumLift`. */
  readonly power: number;
  /** Control's rate as known before the start. */
  readonly baselineRate: number;
  /** Leads per arm, at equal shares, at the last look. */
  readonly plannedPerArm: number;
  /** Number of looks, equally spaced in leads. */
  readonly looks: number;
  /** An outcome counts until so many days after exposure. */
  readonly attributionWindowDays: number;
  readonly guardrail: GuardrailPlan;
}

/** What only the operator knows; the rest has a default. */
export type ExperimentDesign = Pick<
  ExperimentPlan,
  'key' | 'primaryMetric' | 'baselineRate' | 'minimumLift'
> &
  Partial<Omit<ExperimentPlan, 'plannedPerArm' | 'guardrail'>> & {
    readonly guardrail: Pick<GuardrailPlan, 'metric'> & Partial<GuardrailPlan>;
  };

const DESIGN_DEFAULTS = {
  variants: ['A', 'B'],
  weights: [0.5, 0.5],
  alpha: 0.05,
  power: 0.8,
  looks: 5,
  attributionWindowDays: 14,
} as const;

const GUARDRAIL_DEFAULTS = { alpha: 0.01, tolerance: 0 } as const;

function inOpenUnit(value: number): boolean {
  return value > 0 && value < 1;
}

function faultOf(plan: Omit<ExperimentPlan, 'plannedPerArm'>): string | undefined {
  const checks: readonly (readonly [boolean, string])[] = [
    [plan.variants.length >= 2, 'variants: at least two are needed'],
    [new Set(plan.variants).size === plan.variants.length, 'variants: names must differ'],
    [plan.weights.length === plan.variants.length, 'weights: one per variant is needed'],
    [plan.weights.every((weight) => weight > 0), 'weights: each must be positive'],
    [inOpenUnit(plan.alpha), 'alpha: must lie between 0 and 1'],
    [inOpenUnit(plan.power) && plan.power > plan.alpha, 'power: must lie between alpha and 1'],
    [inOpenUnit(plan.baselineRate), 'baselineRate: must lie between 0 and 1'],
    [plan.minimumLift > 0, 'minimumLift: must be positive'],
    [
      plan.baselineRate * (1 + plan.minimumLift) < 1,
      'minimumLift: would lift the baseline to 100 % or more',
    ],
    [Number.isInteger(plan.looks) && plan.looks >= 1, 'looks: must be a whole number from 1'],
    [plan.attributionWindowDays > 0, 'attributionWindowDays: must be positive'],
    [inOpenUnit(plan.guardrail.alpha), 'guardrail.alpha: must lie between 0 and 1'],
    [
      plan.guardrail.tolerance >= 0 && plan.guardrail.tolerance < 1,
      'guardrail.tolerance: must be from 0 to below 1',
    ],
  ];
  return checks.find(([holds]) => !holds)?.[1];
}

/** Share of alpha for each comparison with control (Bonferroni). */
export function alphaPerChallenger(plan: Pick<ExperimentPlan, 'alpha' | 'variants'>): number {
  return plan.alpha / (plan.variants.length - 1);
}

/** Completes a design with the defaults and the sample it needs. Throws a RangeError naming the field at fault. */
export function planExperiment(design: ExperimentDesign): ExperimentPlan {
  const plan = {
    ...DESIGN_DEFAULTS,
    ...design,
    guardrail: { ...GUARDRAIL_DEFAULTS, ...design.guardrail },
  };
  const fault = faultOf(plan);
  if (fault !== undefined) {
    throw new RangeError(fault);
  }
  const alpha = alphaPerChallenger(plan);
  const fixedSample = samplePerArm({
    baselineRate: plan.baselineRate,
    difference: minimumDifference(plan),
    alpha,
    power: plan.power,
  });
  const inflation = sampleInflation(plan.looks, alpha, plan.power);
  return { ...plan, plannedPerArm: Math.ceil(fixedSample.pooled * inflation) };
}

/** The smallest lift worth having as a difference of rates. */
export function minimumDifference(
  plan: Pick<ExperimentPlan, 'baselineRate' | 'minimumLift'>,
): number {
  return plan.baselineRate * plan.minimumLift;
}

/**
 * Leads in all arms together at the last look. With unequal shares more are needed: the precision of a
 * comparison follows 1/n of both arms, and the smallest challenger is the last to be ready.
 */
export function plannedLeads(
  plan: Pick<ExperimentPlan, 'variants' | 'weights' | 'plannedPerArm'>,
): number {
  const totalWeight = plan.weights.reduce((sum, weight) => sum + weight, 0);
  const [control = 0, ...challengers] = plan.weights;
  const smallest = Math.min(...challengers);
  return Math.ceil((plan.plannedPerArm / 2) * (totalWeight / control + totalWeight / smallest));
}
