import { METRICS, type Metric } from '../metrics.js';
import type { ExperimentPlan } from '../statistics/experiment-plan.js';
import { rateOf, type Proportion } from '../statistics/proportion.js';
import { wilsonInterval } from '../statistics/wilson.js';
import type { ArmDto, CellDto, CountsDto, RatesDto } from './arm.dto.js';
import { groupBy } from './group-by.js';
import { medianOf } from './median.js';
import { sumCounts, type HandoffWaits, type LeadCounts, type ReportCell } from './report-rows.js';

/** One variant in one group of leads, or in all of them. */
export interface Arm {
  readonly variant: string;
  readonly counts: LeadCounts;
  /** Of hot leads, ascending. */
  readonly waitSeconds: readonly number[];
}

/** Control first, then the challengers, as planned; empty arms too. */
export function plannedArms(
  plan: ExperimentPlan,
  cells: readonly ReportCell[],
  waits: readonly HandoffWaits[],
): readonly Arm[] {
  return plan.variants.map((variant) => armOf(variant, cells, waits));
}

/** The planned ones, then whatever else was exposed. */
export function allArms(
  plan: ExperimentPlan,
  cells: readonly ReportCell[],
  waits: readonly HandoffWaits[],
): readonly Arm[] {
  const variants = new Set([...plan.variants, ...cells.map(({ variant }) => variant)]);
  return [...variants].map((variant) => armOf(variant, cells, waits));
}

export function proportionOf({ counts }: Arm, metric: Metric): Proportion {
  return { successes: counts[metric], trials: counts.exposures };
}

export function armDto(plan: ExperimentPlan, arm: Arm): ArmDto {
  const [control] = plan.variants;
  const planned = plan.variants.includes(arm.variant) ? 'challenger' : 'unplanned';
  return {
    variant: arm.variant,
    role: arm.variant === control ? 'control' : planned,
    ...countsDto(arm.counts),
    rates: ratesDto(plan, arm),
    median_seconds_to_handoff_acknowledged: medianOf(arm.waitSeconds),
  };
}

/** Variant × segment × source; the epochs of a cell are taken together. */
export function cellDtos(
  cells: readonly ReportCell[],
  waits: readonly HandoffWaits[],
): readonly CellDto[] {
  const keyOf = (one: { variant: string; segment: string; source: string }) =>
    JSON.stringify([one.variant, one.segment, one.source]);
  const waitsByKey = new Map(waits.map((wait) => [keyOf(wait), wait.seconds]));
  return [...groupBy(cells, keyOf)].flatMap(([key, group]) => {
    const [first] = group;
    if (first === undefined) return [];
    const { variant, segment, source } = first;
    const median = medianOf(waitsByKey.get(key) ?? []);
    const counts = countsDto(sumCounts(group));
    return { variant, segment, source, ...counts, median_seconds_to_handoff_acknowledged: median };
  });
}

function armOf(variant: string, cells: readonly ReportCell[], waits: readonly HandoffWaits[]): Arm {
  return {
    variant,
    counts: sumCounts(cells.filter((cell) => cell.variant === variant)),
    waitSeconds: waits
      .filter((wait) => wait.variant === variant)
      .flatMap(({ seconds }) => seconds)
      .sort((a, b) => a - b),
  };
}

function ratesDto(plan: ExperimentPlan, arm: Arm): RatesDto {
  const rateOfMetric = (metric: Metric) => {
    const proportion = proportionOf(arm, metric);
    return {
      rate: proportion.trials === 0 ? null : rateOf(proportion),
      interval: wilsonInterval(proportion, plan.alpha),
    };
  };
  return Object.fromEntries(
    METRICS.map((metric) => [metric, rateOfMetric(metric)]),
  ) as unknown as RatesDto;
}

function countsDto(counts: LeadCounts): CountsDto {
  return {
    exposures: counts.exposures,
    matured: counts.matured,
    replies: counts.reply,
    appointments_booked: counts.appointment_booked,
    conversions: counts.converted,
    opt_outs: counts.opted_out,
    handoffs_opened: counts.handoffsOpened,
    handoffs_acknowledged: counts.handoffsAcknowledged,
    handoffs_breached: counts.handoffsBreached,
  };
}
