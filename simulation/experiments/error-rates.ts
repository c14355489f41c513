import type { ExperimentPlan } from '#product/experiments/statistics/experiment-plan.js';
import { SAMPLE_RATIO_ALPHA } from '#product/experiments/statistics/sample-ratio.js';
import type { BoundsFor } from '#product/experiments/statistics/verdict.js';
import type { MeasuredRate, RateBound } from './measured-rate.js';
import type { SeededRandom } from '../seeded-random.js';
import { runBatch, type Batch, type Tallies, type Tally } from './simulated-batch.js';

/** False alarms and power of one way of testing. */
export interface Rival {
  readonly falseAlarms: MeasuredRate;
  readonly power: MeasuredRate;
}

export interface ErrorRates {
  /** What the product promises. */
  readonly promised: readonly MeasuredRate[];
  /** The same experiments judged by other tests. */
  readonly rivals: readonly Rival[];
}

/** The same experiments without a difference, and with the lift of the plan. */
interface Batches {
  readonly same: Batch;
  readonly better: Batch;
}

type PromisedRate = readonly [string, (tallies: Tallies) => number, RateBound];

function atMost(rate: number): RateBound {
  return { kind: 'at_most', rate };
}

function falseWinners(tallies: Tallies): number {
  return tallies.winnerA + tallies.winnerB;
}

function measure({ runs, tallies }: Batch, [name, hits, bound]: PromisedRate): MeasuredRate {
  return { name, hits: hits(tallies), runs, bound };
}

function promisedRates(plan: ExperimentPlan, { same, better }: Batches): MeasuredRate[] {
  const covers: RateBound = { kind: 'near', rate: 0.95 };
  const withoutLift: PromisedRate[] = [
    ['false winners at the planned looks', falseWinners, atMost(plan.alpha)],
    ['false guardrail alarms, daily looks', (t) => t.guardrailAlarm, atMost(plan.guardrail.alpha)],
    ['always-valid interval ever misses (no lift)', (t) => t.sequenceMissed, atMost(plan.alpha)],
    ['fixed-sample interval covers (no lift)', (t) => t.fixedCovered, covers],
    [
      'false sample-ratio e-values, daily looks',
      (t) => t.sampleRatioEvidence,
      atMost(SAMPLE_RATIO_ALPHA),
    ],
    // Either of two tests of 0.001 each.
    [
      'false sample-ratio verdicts at the end',
      (t) => t.sampleRatioAlarm,
      atMost(2 * SAMPLE_RATIO_ALPHA),
    ],
  ];
  const withLift: PromisedRate[] = [
    ['power at the planned sample', (t) => t.winnerB, { kind: 'at_least', rate: plan.power }],
    ['always-valid interval ever misses (lift)', (t) => t.sequenceMissed, atMost(plan.alpha)],
    ['fixed-sample interval covers (lift)', (t) => t.fixedCovered, covers],
  ];
  return [
    ...withoutLift.map((promise) => measure(same, promise)),
    ...withLift.map((promise) => measure(better, promise)),
  ];
}

function rivalRates({ same, better }: Batches): Rival[] {
  const rival = (name: string, falseAlarms: number, power: number): Rival => ({
    falseAlarms: { name, hits: falseAlarms, runs: same.runs },
    power: { name, hits: power, runs: better.runs },
  });
  const daily = (name: string, tally: Tally) =>
    rival(name, same.tallies[tally], better.tallies[tally]);
  return [
    rival(
      'group sequential, five looks (ours)',
      falseWinners(same.tallies),
      better.tallies.winnerB,
    ),
    daily('p < 0.05 on any day (naive)', 'naiveDaily'),
    daily('always-valid interval, daily', 'sequenceDecided'),
    daily('mixture SPRT, daily', 'mixture'),
    daily('self-tuned mixture SPRT, daily', 'selfTunedMixture'),
  ];
}

/** Draws experiments without a difference and with the planned one, and counts what each test says. */
export function measureErrorRates(
  random: SeededRandom,
  plan: ExperimentPlan,
  runs: number,
  boundsFor: BoundsFor,
): ErrorRates {
  const batches = {
    same: runBatch(random, plan, 0, runs, boundsFor),
    better: runBatch(random, plan, plan.minimumLift, runs, boundsFor),
  };
  return { promised: promisedRates(plan, batches), rivals: rivalRates(batches) };
}
