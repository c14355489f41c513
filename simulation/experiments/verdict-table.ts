import type { ExperimentPlan } from '#product/experiments/statistics/experiment-plan.js';
import { checkSimpsonsParadox } from '#product/experiments/statistics/stratified.js';
import {
  decideVerdict,
  type BoundsFor,
  type Verdict,
} from '#product/experiments/statistics/verdict.js';
import type { SeededRandom } from '../seeded-random.js';
import {
  simulateExperiment,
  type SimulatedCourse,
  type SimulatedSegment,
  type Truth,
} from './simulated-experiment.js';
import { GUARDRAIL_RATE, PLANNED_DAYS, simulatedSegments } from './simulated-plan.js';

interface Scenario {
  readonly name: string;
  readonly truth: Truth;
  /** The verdict that a finished experiment should give. */
  readonly right: Verdict['headline'];
}

export interface VerdictRow {
  readonly scenario: string;
  readonly right: Verdict['headline'];
  readonly runs: number;
  readonly verdicts: ReadonlyMap<Verdict['headline'], number>;
  /** Runs in which pooled and stratified differences were told to disagree. */
  readonly paradoxWarnings: number;
}

const half = () => 0.5;

/** B gets the good leads and A the poor ones, so that a worse B can look better. */
function favourB(segments: readonly SimulatedSegment[]): Truth['shareOfB'] {
  return (segment) => 0.2 + (0.6 * segments.indexOf(segment)) / (segments.length - 1);
}

function scenariosFor(lift: number, segments: readonly SimulatedSegment[]): Scenario[] {
  const calm = [GUARDRAIL_RATE, GUARDRAIL_RATE] as const;
  const scenarios: Scenario[] = [
    {
      name: 'no difference',
      truth: { lift: 0, guardrailRates: calm, shareOfB: half },
      right: 'no difference worth having',
    },
    {
      name: 'B books more',
      truth: { lift, guardrailRates: calm, shareOfB: half },
      right: 'B is better',
    },
    {
      name: 'B books fewer',
      truth: { lift: -Math.min(lift, 0.9), guardrailRates: calm, shareOfB: half },
      right: 'A is better',
    },
    {
      name: 'B doubles the opt-outs',
      truth: { lift, guardrailRates: [GUARDRAIL_RATE, 2 * GUARDRAIL_RATE], shareOfB: half },
      right: 'stop: guardrail',
    },
    {
      name: 'ratio 48/52',
      truth: { lift, guardrailRates: calm, shareOfB: () => 0.52 },
      right: 'do not trust: sample ratio',
    },
  ];
  const trap: Scenario = {
    name: 'B fewer, but with the good leads',
    truth: {
      lift: -Math.min(lift, 0.9),
      guardrailRates: calm,
      shareOfB: favourB(segments),
    },
    right: 'do not trust: sample ratio',
  };
  return segments.length > 1 ? [...scenarios, trap] : scenarios;
}

/** Runs whole experiments with a known truth through the decision rule and counts its verdicts. */
export function measureVerdicts(
  random: SeededRandom,
  plan: ExperimentPlan,
  size: { readonly leads: number; readonly segments: number; readonly runs: number },
  boundsFor: BoundsFor,
): VerdictRow[] {
  const segments = simulatedSegments(size.segments);
  const course: SimulatedCourse = {
    segments,
    leadsPerDay: Math.ceil(size.leads / PLANNED_DAYS),
    days: PLANNED_DAYS,
  };
  return scenariosFor(plan.minimumLift, segments).map(({ name, truth, right }) => {
    const verdicts = new Map<Verdict['headline'], number>();
    let paradoxWarnings = 0;
    for (let run = 0; run < size.runs; run += 1) {
      const { history, strata } = simulateExperiment(random, course, truth);
      const { headline } = decideVerdict(plan, history, boundsFor);
      verdicts.set(headline, (verdicts.get(headline) ?? 0) + 1);
      paradoxWarnings += checkSimpsonsParadox(strata).kind === 'paradox' ? 1 : 0;
    }
    return { scenario: name, right, runs: size.runs, verdicts, paradoxWarnings };
  });
}
