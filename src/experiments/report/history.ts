import type { ExperimentPlan } from '../statistics/experiment-plan.js';
import type { ArmCounts, ExperimentSnapshot } from '../statistics/experiment-snapshot.js';
import type { SourceExposures } from '../statistics/sample-ratio.js';
import { groupBy } from './group-by.js';
import type { DailyCounts, SourceCount } from './report-rows.js';

type Totals = Omit<ArmCounts, 'variant'>;

const NONE: Totals = { exposures: 0, guardrailEvents: 0, matured: 0, primaryEvents: 0 };

/**
 * The experiment at the end of each day on which something happened, oldest first; the last one is
 * now. Variants that are not part of the plan are left out.
 */
export function historyOf(
  plan: ExperimentPlan,
  days: readonly DailyCounts[],
  sources: readonly SourceCount[],
): readonly ExperimentSnapshot[] {
  const totals = new Map<string, Totals>(plan.variants.map((variant) => [variant, NONE]));
  const history = [...groupBy(days, ({ day }) => day).values()].map((ofDay) => {
    for (const one of ofDay) {
      const before = totals.get(one.variant);
      if (before !== undefined) totals.set(one.variant, plus(before, one));
    }
    return {
      arms: plan.variants.map((variant) => ({ variant, ...(totals.get(variant) ?? NONE) })),
    };
  });
  const current = history.at(-1);
  if (current === undefined) return [];
  return [...history.slice(0, -1), { ...current, sources: exposuresBySource(plan, sources) }];
}

export function exposuresBySource(
  plan: ExperimentPlan,
  counts: readonly SourceCount[],
): readonly SourceExposures[] {
  const planned = counts.filter(({ variant }) => plan.variants.includes(variant));
  return [...groupBy(planned, ({ source }) => source)].map(([source, ofSource]) => ({
    source,
    observed: plan.variants.map(
      (variant) => ofSource.find((count) => count.variant === variant)?.exposures ?? 0,
    ),
  }));
}

function plus(before: Totals, day: DailyCounts): Totals {
  return {
    exposures: before.exposures + day.exposures,
    guardrailEvents: before.guardrailEvents + day.guardrailEvents,
    matured: before.matured + day.matured,
    primaryEvents: before.primaryEvents + day.primaryEvents,
  };
}
