import type { RunningExperiment } from '../experiment-catalogue.js';
import type { Metric } from '../metrics.js';
import type { ExperimentDesign } from '../statistics/experiment-plan.js';

/** What is assumed where the operator has said nothing before the start. */
const DEFAULTS = {
  primaryMetric: 'appointment_booked' satisfies Metric,
  /** One lead in ten books an appointment. */
  baselineRate: 0.1,
  /** The workstream's own measure of success: ten percent more appointments. */
  minimumLift: 0.1,
} as const;

const GUARDRAIL = { metric: 'opted_out' satisfies Metric } as const;

/**
 * The plan of an experiment that nobody has planned. Variants and shares are those of the settings;
 * where these do not describe a comparison, two equal arms are assumed, since recording an exposure
 * must not fail for want of a plan.
 */
export function defaultDesign(
  key: string,
  running: RunningExperiment | undefined,
): ExperimentDesign {
  const arms = (running?.variants ?? []).filter(({ weight }) => weight > 0);
  const shares = {
    variants: arms.map((arm) => arm.key),
    weights: arms.map((arm) => arm.weight),
  };
  return { key, ...DEFAULTS, ...(arms.length >= 2 ? shares : {}), guardrail: GUARDRAIL };
}
