import {
  planExperiment,
  plannedLeads,
  type ExperimentPlan,
} from '#product/experiments/statistics/experiment-plan.js';
import { groupSequentialBounds } from '#product/experiments/statistics/group-sequential.js';
import type { BoundsFor } from '#product/experiments/statistics/verdict.js';
import type { SimulatedSegment } from './simulated-experiment.js';

/** One lead in ten books an appointment. */
export const BASELINE_RATE = 0.1;

/** One lead in fifty opts out. */
export const GUARDRAIL_RATE = 0.02;

/** The planned sample arrives in a month. */
export const PLANNED_DAYS = 30;

export function simulatedPlan(lift: number): ExperimentPlan {
  return planExperiment({
    key: 'simulated',
    primaryMetric: 'appointment_booked',
    baselineRate: BASELINE_RATE,
    minimumLift: lift,
    guardrail: { metric: 'opted_out' },
  });
}

export function leadsPerDayOf(plan: ExperimentPlan): number {
  return Math.ceil(plannedLeads(plan) / PLANNED_DAYS);
}

/** Equally common kinds of leads whose rates spread from half to one and a half of the baseline. */
export function simulatedSegments(count: number): SimulatedSegment[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `segment ${index + 1}`,
    share: 1 / count,
    baselineRate: BASELINE_RATE * (count === 1 ? 1 : 0.5 + index / (count - 1)),
  }));
}

/** All runs of a simulation look at the same fractions, so the bounds are worked out once. */
export function rememberedBounds(): BoundsFor {
  const known = new Map<string, readonly number[]>();
  return (fractions, alpha) => {
    const key = `${alpha}:${fractions.join()}`;
    const bounds = known.get(key) ?? groupSequentialBounds(fractions, alpha);
    known.set(key, bounds);
    return bounds;
  };
}
