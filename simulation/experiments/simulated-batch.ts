import { alwaysValidInterval } from '#product/experiments/statistics/confidence-sequence.js';
import {
  minimumDifference,
  plannedLeads,
  type ExperimentPlan,
} from '#product/experiments/statistics/experiment-plan.js';
import {
  findInterimLooks,
  primaryOf,
  type ExperimentSnapshot,
} from '#product/experiments/statistics/experiment-snapshot.js';
import { mixtureLikelihoodRatio, selfTunedMixtureInterval } from './mixture-sprt.js';
import type { Interval, Proportion } from '#product/experiments/statistics/proportion.js';
import { sampleRatioEvidence } from '#product/experiments/statistics/sample-ratio.js';
import {
  compareProportions,
  type ProportionComparison,
} from '#product/experiments/statistics/two-proportions.js';
import {
  findGuardrailAlarm,
  findSampleRatioAlarm,
  findWinner,
  type BoundsFor,
} from '#product/experiments/statistics/verdict.js';
import type { SeededRandom } from '../seeded-random.js';
import { simulateExperiment, type SimulatedCourse } from './simulated-experiment.js';
import {
  BASELINE_RATE,
  GUARDRAIL_RATE,
  leadsPerDayOf,
  PLANNED_DAYS,
  simulatedSegments,
} from './simulated-plan.js';

const NOTHING = {
  winnerB: 0,
  winnerA: 0,
  guardrailAlarm: 0,
  sampleRatioAlarm: 0,
  sampleRatioEvidence: 0,
  sequenceMissed: 0,
  sequenceDecided: 0,
  fixedCovered: 0,
  naiveDaily: 0,
  mixture: 0,
  selfTunedMixture: 0,
};

export type Tally = keyof typeof NOTHING;

/** How often each event happened in a batch of experiments with the same truth. */
export type Tallies = Readonly<Record<Tally, number>>;

export interface Batch {
  readonly runs: number;
  readonly tallies: Tallies;
}

interface Arms {
  readonly control: Proportion;
  readonly treatment: Proportion;
}

const DAILY_TALLIES = [
  'sequenceMissed',
  'sequenceDecided',
  'naiveDaily',
  'mixture',
  'selfTunedMixture',
] as const satisfies readonly Tally[];

function holds({ low, high }: Interval, value: number): boolean {
  return low <= value && value <= high;
}

function primaryArms({ arms }: ExperimentSnapshot): Arms {
  const [a, b] = arms;
  if (a === undefined || b === undefined) {
    throw new RangeError('A simulated experiment has two arms');
  }
  return { control: primaryOf(a), treatment: primaryOf(b) };
}

/** What is asked every day: our interval, and the rivals that stop at the first day that convinces them. */
function dailyFindings(plan: ExperimentPlan, snapshot: ExperimentSnapshot, truth: number): Tally[] {
  const { control, treatment } = primaryArms(snapshot);
  const single = compareProportions(control, treatment, plan.alpha);
  const sequence = alwaysValidInterval(control, treatment, {
    alpha: plan.alpha,
    tightestAtLeads: plannedLeads(plan),
  });
  if (single === null || sequence === null) {
    return [];
  }
  const ratio = mixtureLikelihoodRatio(
    single.difference,
    single.standardError ** 2,
    minimumDifference(plan) ** 2,
  );
  const selfTuned = selfTunedMixtureInterval(control, treatment, plan.alpha);
  const found = {
    sequenceMissed: !holds(sequence.interval, truth),
    sequenceDecided: !holds(sequence.interval, 0),
    naiveDaily: single.pooledPValue < plan.alpha,
    mixture: ratio >= 1 / plan.alpha,
    selfTunedMixture: !holds(selfTuned.interval, 0),
  };
  return DAILY_TALLIES.filter((tally) => found[tally]);
}

function finalFindings(
  plan: ExperimentPlan,
  history: readonly ExperimentSnapshot[],
  boundsFor: BoundsFor,
): Tally[] {
  const looks = findInterimLooks(plan, history);
  const bounds = boundsFor(
    looks.map((look) => look.informationFraction),
    plan.alpha,
  );
  const winner = findWinner(plan, looks, bounds);
  const evident = history.some(
    ({ arms }) =>
      sampleRatioEvidence(
        arms.map((arm) => arm.exposures),
        plan.weights,
      ).mismatch,
  );
  const found: Tally[] = [];
  if (winner?.kind === 'better') {
    found.push(winner.variant === 'B' ? 'winnerB' : 'winnerA');
  }
  if (findGuardrailAlarm(plan, history) !== undefined) {
    found.push('guardrailAlarm');
  }
  if (findSampleRatioAlarm(plan, history) !== undefined) {
    found.push('sampleRatioAlarm');
  }
  return evident ? [...found, 'sampleRatioEvidence'] : found;
}

function finalComparison(history: readonly ExperimentSnapshot[]): ProportionComparison | null {
  const last = history.at(-1);
  if (last === undefined) {
    return null;
  }
  const { control, treatment } = primaryArms(last);
  return compareProportions(control, treatment);
}

/** Draws experiments of the planned size with the same truth and counts what each test says of them. */
export function runBatch(
  random: SeededRandom,
  plan: ExperimentPlan,
  lift: number,
  runs: number,
  boundsFor: BoundsFor,
): Batch {
  const course: SimulatedCourse = {
    segments: simulatedSegments(1),
    leadsPerDay: leadsPerDayOf(plan),
    days: PLANNED_DAYS,
  };
  const truth = {
    lift,
    guardrailRates: [GUARDRAIL_RATE, GUARDRAIL_RATE],
    shareOfB: () => 0.5,
  } as const;
  const difference = BASELINE_RATE * lift;
  const tallies = { ...NOTHING };
  for (let run = 0; run < runs; run += 1) {
    const { history } = simulateExperiment(random, course, truth);
    const found = new Set<Tally>([
      ...finalFindings(plan, history, boundsFor),
      ...history.flatMap((snapshot) => dailyFindings(plan, snapshot, difference)),
    ]);
    const comparison = finalComparison(history);
    if (comparison !== null && holds(comparison.interval, difference)) {
      found.add('fixedCovered');
    }
    found.forEach((tally) => {
      tallies[tally] += 1;
    });
  }
  return { runs, tallies };
}
