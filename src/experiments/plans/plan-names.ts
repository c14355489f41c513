import { plannedLeads } from '../statistics/experiment-plan.js';
import type { ExperimentPlanDto, ExperimentPlanRequest } from './experiment-plan.dto.js';
import type { PlanChange, PlanInForce } from './experiment-plans.service.js';

/** A plan in the words of the API. */
export function planDto({ plan, startedAt, fixed }: PlanInForce): ExperimentPlanDto {
  return {
    experiment: plan.key,
    variants: plan.variants,
    weights: plan.weights,
    primary_metric: plan.primaryMetric,
    baseline_rate: plan.baselineRate,
    minimum_lift: plan.minimumLift,
    alpha: plan.alpha,
    power: plan.power,
    looks: plan.looks,
    attribution_window_days: plan.attributionWindowDays,
    guardrail: plan.guardrail,
    planned_leads_per_arm: plan.plannedPerArm,
    planned_leads: plannedLeads(plan),
    started_at: startedAt?.toISOString() ?? null,
    fixed,
  };
}

/** The request's own names by the plan's, to name the field at fault as it was sent. */
const REQUEST_FIELDS: Readonly<Record<string, string>> = {
  primaryMetric: 'primary_metric',
  baselineRate: 'baseline_rate',
  minimumLift: 'minimum_lift',
  attributionWindowDays: 'attribution_window_days',
};

export function requestFieldOf(planField: string): string {
  return REQUEST_FIELDS[planField] ?? planField;
}

export function changeOf(request: ExperimentPlanRequest): PlanChange {
  const { variants, weights, alpha, power, looks, guardrail } = request;
  return withoutAbsent({
    variants,
    weights,
    alpha,
    power,
    looks,
    primaryMetric: request.primary_metric,
    baselineRate: request.baseline_rate,
    minimumLift: request.minimum_lift,
    attributionWindowDays: request.attribution_window_days,
    guardrail: guardrail && withoutAbsent({ ...guardrail }),
  });
}

/** An absent field must not overwrite a default. */
function withoutAbsent<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const present = Object.entries(fields).filter(
    ([, value]) => value !== undefined && value !== null,
  );
  return Object.fromEntries(present) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
