import { alwaysValidInterval } from './confidence-sequence.js';
import {
  alphaPerChallenger,
  minimumDifference,
  plannedLeads,
  type ExperimentPlan,
} from './experiment-plan.js';
import {
  guardrailOf,
  primaryOf,
  type ArmCounts,
  type ExperimentSnapshot,
} from './experiment-snapshot.js';
import { rateOf, unpooledVariance, type Interval, type Proportion } from './proportion.js';
import { sampleRatioTest, type SampleRatioCause } from './sample-ratio.js';

/** The plain sentence of each verdict, with the numbers it rests on. Written for an operator, not a statistician. */

function count(leads: number): string {
  return leads.toLocaleString('en-US');
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function signedPoints(difference: number): string {
  const points = (difference * 100).toFixed(1);
  return difference >= 0 ? `+${points}` : points;
}

function range({ low, high }: Interval): string {
  return `${signedPoints(low)} to ${signedPoints(high)}`;
}

/** Metric keys are snake_case. */
function words(metric: string): string {
  return metric.replaceAll('_', ' ');
}

function rateOfArm(variant: string, proportion: Proportion): string {
  if (proportion.trials === 0) {
    return `${variant} no leads yet`;
  }
  return `${variant} ${percent(rateOf(proportion))} of ${count(proportion.trials)}`;
}

/** "appointment booked: A 10.0 % of 3,000, B 11.0 % of 3,020". */
function primaryRates(plan: ExperimentPlan, { arms }: ExperimentSnapshot): string {
  const rates = arms.map((arm) => rateOfArm(arm.variant, primaryOf(arm)));
  return `${words(plan.primaryMetric)}: ${rates.join(', ')}`;
}

function alwaysValidRanges(plan: ExperimentPlan, { arms }: ExperimentSnapshot): string {
  const [control, ...challengers] = arms;
  const settings = { alpha: alphaPerChallenger(plan), tightestAtLeads: plannedLeads(plan) };
  const ranges = challengers.flatMap((challenger) => {
    const sequence =
      control && alwaysValidInterval(primaryOf(control), primaryOf(challenger), settings);
    return sequence
      ? [`${challenger.variant} - ${control.variant} ${range(sequence.interval)} points`]
      : [];
  });
  return ranges.length === 0 ? 'too few for an interval' : ranges.join(', ');
}

export function notStartedSentence(plan: ExperimentPlan): string {
  return `Keep running: no lead has been exposed yet; ${count(plannedLeads(plan))} are planned.`;
}

export function keepRunningSentence(
  plan: ExperimentPlan,
  current: ExperimentSnapshot,
  looksTaken: number,
): string {
  const matured = current.arms.reduce((sum, arm) => sum + arm.matured, 0);
  const nextLook = Math.floor((matured / plannedLeads(plan)) * plan.looks) + 1;
  const nextLookAt = Math.ceil((plannedLeads(plan) * nextLook) / plan.looks);
  return (
    `Keep running: ${primaryRates(plan, current)} (always valid: ${alwaysValidRanges(plan, current)}); ` +
    `${count(looksTaken)} of ${plan.looks} looks taken, the next one at ${count(nextLookAt)} leads, ${count(matured)} so far.`
  );
}

export interface WinningLook {
  readonly better: ArmCounts;
  /** Control, or the closest challenger where control wins. */
  readonly worse: ArmCounts;
  /** Counted from 1. */
  readonly look: number;
  readonly bound: number;
}

/**
 * The interval uses the look's own bound in place of 1.96 (a repeated confidence interval), so that
 * having stopped at a good moment does not make it too narrow.
 */
export function betterSentence(plan: ExperimentPlan, win: WinningLook): string {
  const better = primaryOf(win.better);
  const worse = primaryOf(win.worse);
  const difference = rateOf(better) - rateOf(worse);
  const halfWidth = win.bound * Math.sqrt(unpooledVariance(worse, better));
  const interval = { low: difference - halfWidth, high: difference + halfWidth };
  return (
    `${win.better.variant} is better: ${words(plan.primaryMetric)} ${percent(rateOf(better))} against ` +
    `${percent(rateOf(worse))} for ${win.worse.variant} (${signedPoints(difference)} points, ` +
    `interval ${range(interval)}) at look ${win.look} of ${plan.looks}, after ${count(better.trials)} and ${count(worse.trials)} leads.`
  );
}

export function noDifferenceSentence(
  plan: ExperimentPlan,
  last: ExperimentSnapshot,
  bound: number,
): string {
  return (
    `No difference worth having: ${primaryRates(plan, last)}; at the planned sample no variant ` +
    `passed |z| ${bound.toFixed(2)}, and a lift of ${percent(plan.minimumLift)} would have been found ` +
    `with ${percent(plan.power)} probability.`
  );
}

export function noDifferenceEarlySentence(
  plan: ExperimentPlan,
  snapshot: ExperimentSnapshot,
): string {
  return (
    `No difference worth having: ${primaryRates(plan, snapshot)}; already certain: ` +
    `${alwaysValidRanges(plan, snapshot)}, less than the ${signedPoints(minimumDifference(plan))} points worth having.`
  );
}

export function guardrailSentence(
  plan: ExperimentPlan,
  control: ArmCounts,
  challenger: ArmCounts,
  provenRise: number,
): string {
  return (
    `Stop ${challenger.variant}: ${words(plan.guardrail.metric)} ` +
    `${rateOfArm(challenger.variant, guardrailOf(challenger))}, ${rateOfArm(control.variant, guardrailOf(control))}; ` +
    `a rise of more than ${signedPoints(provenRise)} points is certain to ${percent(1 - plan.guardrail.alpha)}, ` +
    `tolerated are ${signedPoints(plan.guardrail.tolerance)}.`
  );
}

function causeWords(cause: SampleRatioCause | null): string {
  if (cause === null) {
    return '';
  }
  return cause.kind === 'everywhere'
    ? '; every source is off, so look at assignment and recording'
    : `; look at source ${cause.source}, ${cause.observed.map(count).join('/')}`;
}

export function sampleRatioSentence(
  plan: ExperimentPlan,
  { arms }: ExperimentSnapshot,
  cause: SampleRatioCause | null,
): string {
  const observed = arms.map((arm) => arm.exposures);
  const totalWeight = plan.weights.reduce((sum, weight) => sum + weight, 0);
  const planned = plan.weights.map((weight) => percent(weight / totalWeight));
  const { pValue } = sampleRatioTest(observed, plan.weights);
  return (
    `Do not trust these results: ${plan.variants.join('/')} received ${observed.map(count).join('/')} leads ` +
    `where ${planned.join('/')} was planned (p ${pValue.toPrecision(2)})${causeWords(cause)}.`
  );
}
