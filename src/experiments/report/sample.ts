import {
  alphaPerChallenger,
  minimumDifference,
  plannedLeads,
  type ExperimentPlan,
} from '../statistics/experiment-plan.js';
import { primaryOf, type ExperimentSnapshot } from '../statistics/experiment-snapshot.js';
import { rateOf } from '../statistics/proportion.js';
import { daysLeft, samplePerArm } from '../statistics/sample-size.js';
import type { DailyCounts } from './report-rows.js';
import type { LeadsForLiftDto, SampleDto } from './report.dto.js';

const MS_PER_DAY = 86_400_000;
/** Two weeks hold each day of the week twice. */
const PACE_DAYS = 14;
/** Relative lifts whose cost in leads is told. */
const LIFTS = [0.05, 0.1, 0.15, 0.2, 0.3] as const;

/** How many leads are still needed, and how long they take to come and to mature. */
export function sampleDto(
  plan: ExperimentPlan,
  history: readonly ExperimentSnapshot[],
  days: readonly DailyCounts[],
  now: Date,
): SampleDto {
  const arms = history.at(-1)?.arms ?? [];
  const exposed = arms.reduce((sum, { exposures }) => sum + exposures, 0);
  const matured = arms.reduce((sum, arm) => sum + arm.matured, 0);
  const planned = plannedLeads(plan);
  const pace = leadsPerDay(days, now);
  const untilExposed = daysLeft(planned, exposed, pace);
  const untilMatured =
    untilExposed === null ? null : untilExposed + Math.ceil(plan.attributionWindowDays);
  return {
    planned_leads: planned,
    exposed_leads: exposed,
    matured_leads: matured,
    leads_still_needed: Math.max(0, planned - matured),
    leads_per_day: pace,
    days_left: matured >= planned ? 0 : untilMatured,
    for_lift: leadsForLifts(plan, history.at(-1)),
  };
}

function leadsPerDay(days: readonly DailyCounts[], now: Date): number {
  const since = new Date(now.getTime() - PACE_DAYS * MS_PER_DAY).toISOString().slice(0, 10);
  const recent = days.filter(({ day, exposures }) => day > since && exposures > 0);
  const first = days.find(({ exposures }) => exposures > 0)?.day;
  if (first === undefined) return 0;
  const ageDays = (now.getTime() - new Date(first).getTime()) / MS_PER_DAY;
  const total = recent.reduce((sum, { exposures }) => sum + exposures, 0);
  return total / Math.min(PACE_DAYS, Math.max(1, ageDays));
}

function leadsForLifts(
  plan: ExperimentPlan,
  current: ExperimentSnapshot | undefined,
): readonly LeadsForLiftDto[] {
  const [control] = current?.arms ?? [];
  const matured = current?.arms.reduce((sum, arm) => sum + arm.matured, 0) ?? 0;
  const observed = control && control.primaryEvents > 0 ? rateOf(primaryOf(control)) : undefined;
  const baselineRate = observed ?? plan.baselineRate;
  const alpha = alphaPerChallenger(plan);
  const { power } = plan;
  const perArm = (baseline: number, difference: number) =>
    samplePerArm({ baselineRate: baseline, difference, alpha, power }).pooled;
  // What the looks cost was worked out with the plan, and depends on neither rate nor lift.
  const inflation = plan.plannedPerArm / perArm(plan.baselineRate, minimumDifference(plan));
  return LIFTS.filter((lift) => baselineRate * (1 + lift) < 1).map((lift) => {
    const plannedPerArm = Math.ceil(perArm(baselineRate, baselineRate * lift) * inflation);
    const leads = plannedLeads({ ...plan, plannedPerArm });
    return {
      relative_lift: lift,
      leads,
      leads_still_needed: Math.max(0, leads - matured),
    };
  });
}
