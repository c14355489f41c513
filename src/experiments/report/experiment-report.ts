import { planDto } from '../plans/plan-names.js';
import type { PlanInForce } from '../plans/experiment-plans.service.js';
import { decideVerdict } from '../statistics/verdict.js';
import { allArms, armDto, cellDtos, plannedArms, type Arm } from './arms.js';
import { compareArms } from './comparisons.js';
import { guardrailDtos, looksDto, verdictDto } from './decision.js';
import { historyOf } from './history.js';
import { reportGroups } from './report-groups.js';
import type { ReportPeriod } from './report-period.js';
import type { Breakdown } from './report-query.dto.js';
import type { ReportRows } from './report-rows.js';
import type { ExperimentReportDto, StratifiedDto } from './report.dto.js';
import { sampleDto } from './sample.js';
import { sampleRatioDto } from './sample-ratio.js';
import { stratifiedDtos } from './stratified.js';
import { successMeasures } from './success-measures.js';

export interface ReportRequest {
  readonly period: ReportPeriod;
  readonly by: Breakdown;
  readonly now: Date;
}

/** The whole report. Pure: the same rows, plan and time give the same report. */
export function buildReport(
  inForce: PlanInForce,
  rows: ReportRows,
  { period, by, now }: ReportRequest,
): ExperimentReportDto {
  const { plan } = inForce;
  const { cells, waits, days, sources } = rows;
  const history = historyOf(plan, days, sources);
  const verdict = decideVerdict(plan, history);
  const arms = allArms(plan, cells, waits);
  const planned = plannedArms(plan, cells, waits);
  const comparisons = compareArms(plan, [planned]).flat();
  const stratified = stratifiedDtos(plan, cells);
  return {
    experiment: plan.key,
    generated_at: now.toISOString(),
    from: period.from?.toISOString() ?? null,
    to: period.to?.toISOString() ?? null,
    by,
    verdict: verdictDto(verdict),
    success_measures: successMeasures({ plan, verdict, history, arms: planned, comparisons }),
    warnings: [...unplannedWarnings(inForce, arms), ...simpsonWarnings(inForce, stratified)],
    plan: planDto(inForce),
    arms: arms.map((arm) => armDto(plan, arm)),
    comparisons,
    groups: reportGroups(plan, rows, by),
    cells: cellDtos(cells, waits),
    looks: looksDto(plan, history),
    sample_ratio: sampleRatioDto(plan, history),
    guardrails: guardrailDtos(plan, history),
    stratified,
    sample: sampleDto(plan, history, days, now),
  };
}

function unplannedWarnings({ plan }: PlanInForce, arms: readonly Arm[]): readonly string[] {
  return arms
    .filter(({ variant }) => !plan.variants.includes(variant))
    .map(
      ({ variant, counts }) =>
        `Variant ${variant} is not part of the plan: its ${counts.exposures} leads are counted and compared with nothing.`,
    );
}

/** Of the primary metric only: with every metric, chance alone would warn too often. */
function simpsonWarnings(
  { plan }: PlanInForce,
  stratified: readonly StratifiedDto[],
): readonly string[] {
  return stratified.flatMap((one) => {
    const { simpson, pooled_difference: pooled, stratified_difference: within } = one;
    if (simpson === null || one.metric !== plan.primaryMetric) return [];
    return [
      `Simpson's paradox in ${one.metric} by ${one.by}: pooled, ${one.variant} differs from control by ` +
        `${points(pooled)} points, within like leads by ${points(within)}; believe the latter. ` +
        `"${simpson.culprit}" makes up ${percent(simpson.share_of_control)} of control's leads and ` +
        `${percent(simpson.share_of_variant)} of ${one.variant}'s.`,
    ];
  });
}

function points(difference: number | null): string {
  const text = ((difference ?? 0) * 100).toFixed(1);
  return (difference ?? 0) > 0 ? `+${text}` : text;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
