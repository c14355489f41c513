import { METRICS, type Metric } from '../metrics.js';
import type { ExperimentPlan } from '../statistics/experiment-plan.js';
import { rateOf, type Proportion } from '../statistics/proportion.js';
import { checkSimpsonsParadox, mantelHaenszel, type Stratum } from '../statistics/stratified.js';
import { groupBy } from './group-by.js';
import { sumCounts, type ReportCell } from './report-rows.js';
import {
  STRATIFICATIONS,
  type SimpsonWarningDto,
  type StratifiedDto,
  type Stratification,
} from './report.dto.js';

/** Pooled beside stratified: for every metric and challenger, by segment, source and epoch. */
export function stratifiedDtos(
  plan: ExperimentPlan,
  cells: readonly ReportCell[],
): readonly StratifiedDto[] {
  const [, ...challengers] = plan.variants;
  return METRICS.flatMap((metric) =>
    STRATIFICATIONS.flatMap((by) =>
      challengers.map((variant) => stratify(plan, cells, { metric, by, variant })),
    ),
  );
}

interface Question {
  readonly metric: Metric;
  readonly by: Stratification;
  readonly variant: string;
}

function stratify(
  plan: ExperimentPlan,
  cells: readonly ReportCell[],
  question: Question,
): StratifiedDto {
  const [control = ''] = plan.variants;
  const { metric, by, variant } = question;
  const proportionIn = (some: readonly ReportCell[], arm: string) =>
    proportion(
      some.filter((cell) => cell.variant === arm),
      metric,
    );
  const strata = [...groupBy(cells, (cell) => String(cell[by]))].map(([name, some]): Stratum => ({
    name,
    control: proportionIn(some, control),
    treatment: proportionIn(some, variant),
  }));
  const stratified = mantelHaenszel(strata, plan.alpha);
  return {
    ...question,
    pooled_difference: difference(proportionIn(cells, control), proportionIn(cells, variant)),
    stratified_difference: stratified?.difference ?? null,
    interval: stratified?.interval ?? null,
    heterogeneity_p_value: stratified?.heterogeneityPValue ?? null,
    simpson: simpsonWarning(strata),
  };
}

function simpsonWarning(strata: readonly Stratum[]): SimpsonWarningDto | null {
  const check = checkSimpsonsParadox(strata);
  if (check.kind === 'consistent') return null;
  return {
    culprit: check.culprit,
    share_of_control: check.shareOfControl,
    share_of_variant: check.shareOfTreatment,
  };
}

function proportion(cells: readonly ReportCell[], metric: Metric): Proportion {
  const counts = sumCounts(cells);
  return { successes: counts[metric], trials: counts.exposures };
}

function difference(control: Proportion, treatment: Proportion): number | null {
  if (control.trials === 0 || treatment.trials === 0) return null;
  return rateOf(treatment) - rateOf(control);
}
