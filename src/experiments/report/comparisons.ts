import { METRICS, type Metric } from '../metrics.js';
import { compareBetaBinomial } from '../statistics/beta-binomial.js';
import { alwaysValidInterval } from '../statistics/confidence-sequence.js';
import { normalSf } from '../statistics/distributions.js';
import {
  alphaPerChallenger,
  plannedLeads,
  type ExperimentPlan,
} from '../statistics/experiment-plan.js';
import { benjaminiHochberg, holm } from '../statistics/multiple-testing.js';
import { compareProportions, type ProportionComparison } from '../statistics/two-proportions.js';
import type { ComparisonDto, IntervalDto } from './arm.dto.js';
import { proportionOf, type Arm } from './arms.js';

/** Outcomes that nobody wants more of. */
const UNWANTED: ReadonlySet<Metric> = new Set(['opted_out']);

type Unadjusted = Omit<ComparisonDto, 'adjusted_p_value' | 'significant'>;

/**
 * Every challenger against control in every metric, for each group of leads: one family of tests.
 * Metrics that are explored share Benjamini-Hochberg's correction, guardrails Holm's. The result is
 * in the order of the groups.
 */
export function compareArms(
  plan: ExperimentPlan,
  groups: readonly (readonly Arm[])[],
): readonly (readonly ComparisonDto[])[] {
  const unadjusted = groups.map((arms) => compareGroup(plan, arms));
  const adjusted = new Map<Unadjusted, number>([
    ...adjust(unadjusted.flat(), 'benjamini_hochberg', benjaminiHochberg),
    ...adjust(unadjusted.flat(), 'holm', holm),
  ]);
  return unadjusted.map((group) =>
    group.map((comparison) => {
      const adjustedPValue = adjusted.get(comparison) ?? null;
      const significant = adjustedPValue !== null && adjustedPValue < plan.alpha;
      return { ...comparison, adjusted_p_value: adjustedPValue, significant };
    }),
  );
}

function adjust(
  comparisons: readonly Unadjusted[],
  adjustment: ComparisonDto['adjustment'],
  method: (pValues: readonly number[]) => readonly number[],
): readonly (readonly [Unadjusted, number])[] {
  const family = comparisons.flatMap((comparison) => {
    const { p_value: pValue } = comparison;
    const belongs = comparison.adjustment === adjustment && pValue !== null;
    return belongs ? [{ comparison, pValue }] : [];
  });
  const adjusted = method(family.map(({ pValue }) => pValue));
  return family.map(({ comparison }, index) => [comparison, adjusted[index] ?? 1]);
}

function compareGroup(plan: ExperimentPlan, arms: readonly Arm[]): readonly Unadjusted[] {
  const [control, ...challengers] = arms;
  if (control === undefined) return [];
  return METRICS.flatMap((metric) =>
    challengers.map((challenger) => compareMetric(plan, metric, control, challenger)),
  );
}

function compareMetric(
  plan: ExperimentPlan,
  metric: Metric,
  control: Arm,
  challenger: Arm,
): Unadjusted {
  const base = proportionOf(control, metric);
  const other = proportionOf(challenger, metric);
  const fixed = compareProportions(base, other, plan.alpha);
  const sequence = alwaysValidInterval(base, other, {
    alpha: alphaPerChallenger(plan),
    tightestAtLeads: plannedLeads(plan),
  });
  return {
    metric,
    variant: challenger.variant,
    control: control.variant,
    ...fixedSampleReading(fixed),
    ...testReading(metric === plan.guardrail.metric, fixed),
    always_valid_interval: sequence === null ? null : withinRange(sequence.interval),
    ...bayesianReading(metric, fixed === null ? null : compareBetaBinomial(base, other)),
  };
}

/** Two rates differ by at most 1: what an interval of few leads says beyond that is empty. */
function withinRange({ low, high }: IntervalDto): IntervalDto {
  return { low: Math.max(-1, low), high: Math.min(1, high) };
}

function fixedSampleReading(
  fixed: ProportionComparison | null,
): Pick<ComparisonDto, 'difference' | 'interval' | 'relative_lift'> {
  if (fixed === null) return { difference: null, interval: null, relative_lift: null };
  const { difference, interval, lift } = fixed;
  return {
    difference,
    interval,
    relative_lift: lift && { estimate: lift.estimate, interval: lift.interval },
  };
}

/** A guardrail is asked one question: did it rise? */
function testReading(
  isGuardrail: boolean,
  fixed: ProportionComparison | null,
): Pick<ComparisonDto, 'tested' | 'p_value' | 'adjustment'> {
  return isGuardrail
    ? { tested: 'rise', p_value: fixed && normalSf(fixed.pooledZ), adjustment: 'holm' }
    : {
        tested: 'difference',
        p_value: fixed && fixed.pooledPValue,
        adjustment: 'benjamini_hochberg',
      };
}

/** Where fewer is better, the variant wins with the lower rate. */
function bayesianReading(
  metric: Metric,
  comparison: ReturnType<typeof compareBetaBinomial> | null,
): Pick<ComparisonDto, 'chance_to_win' | 'expected_loss'> {
  if (comparison === null) return { chance_to_win: null, expected_loss: null };
  const { chanceToWin, lossOfTreatment, lossOfControl } = comparison;
  return UNWANTED.has(metric)
    ? { chance_to_win: 1 - chanceToWin, expected_loss: lossOfControl }
    : { chance_to_win: chanceToWin, expected_loss: lossOfTreatment };
}
