import { alwaysValidInterval } from '../statistics/confidence-sequence.js';
import {
  alphaPerChallenger,
  plannedLeads,
  type ExperimentPlan,
} from '../statistics/experiment-plan.js';
import {
  guardrailOf,
  primaryOf,
  type ArmCounts,
  type ExperimentSnapshot,
} from '../statistics/experiment-snapshot.js';
import { rateOf, type Interval } from '../statistics/proportion.js';
import { findGuardrailAlarm, type Verdict } from '../statistics/verdict.js';
import type { ComparisonDto } from './arm.dto.js';
import type { Arm } from './arms.js';
import type { SuccessMeasureDto } from './decision.dto.js';
import { pairingsOf, type Pairing } from './decision.js';
import { compareMedians } from './median.js';

/** What this workstream set out to reach, each against control. */
const TARGETS = {
  /** Appointment-booked rate: ten percent more, relative. */
  appointmentBookedLift: 0.1,
  /** Median time from the handoff of a hot lead to a person's answer: fifteen percent less. */
  handoffMedianChange: -0.15,
} as const;

/** Every difference of two rates is possible. */
const NOTHING_CERTAIN: Interval = { low: -1, high: 1 };

type Met = SuccessMeasureDto['met'];

export interface MeasureEvidence {
  readonly plan: ExperimentPlan;
  readonly verdict: Verdict;
  readonly history: readonly ExperimentSnapshot[];
  /** Of the time asked for; control first. */
  readonly arms: readonly Arm[];
  readonly comparisons: readonly ComparisonDto[];
}

/**
 * Values are those of the leads asked for. Whether a target is met is read from the whole experiment
 * and only from what may be looked at every day, so `not_yet_known` is the honest answer for long.
 */
export function successMeasures(evidence: MeasureEvidence): readonly SuccessMeasureDto[] {
  const [control, ...challengers] = evidence.arms;
  if (control === undefined) return [];
  return challengers.flatMap((challenger) => [
    appointmentMeasure(evidence, challenger),
    handoffMeasure(evidence, control, challenger),
    optOutMeasure(evidence, challenger),
  ]);
}

function appointmentMeasure(evidence: MeasureEvidence, { variant }: Arm): SuccessMeasureDto {
  const comparison = findComparison(evidence, variant, 'appointment_booked');
  return {
    measure: 'appointment_booked_rate',
    variant,
    target: TARGETS.appointmentBookedLift,
    wanted: 'at_least',
    value: comparison?.relative_lift?.estimate ?? null,
    met: appointmentsMet(evidence, variant),
  };
}

function appointmentsMet(evidence: MeasureEvidence, variant: string): Met {
  const { plan, verdict } = evidence;
  const pairing = findPairing(evidence, variant);
  const isJudged = plan.primaryMetric === 'appointment_booked' && verdict.kind !== 'sample_ratio';
  return isJudged && pairing !== undefined ? liftMet(evidence, pairing) : 'not_yet_known';
}

/** Reached, and an improvement for certain; or certainly out of reach. */
function liftMet({ plan, verdict }: MeasureEvidence, { control, challenger }: Pairing): Met {
  if (control.primaryEvents === 0 || challenger.matured === 0) return 'not_yet_known';
  const controlRate = rateOf(primaryOf(control));
  const target = controlRate * TARGETS.appointmentBookedLift;
  const interval = certainInterval(plan, control, challenger);
  const hasReached = rateOf(primaryOf(challenger)) - controlRate >= target;
  const hasWon = verdict.kind === 'better' && verdict.variant === challenger.variant;
  if (hasReached && (hasWon || interval.low > 0)) return 'yes';
  return interval.high < target || isFinal(verdict) ? 'no' : 'not_yet_known';
}

function handoffMeasure(evidence: MeasureEvidence, control: Arm, arm: Arm): SuccessMeasureDto {
  const { plan, verdict } = evidence;
  const change = compareMedians(control.waitSeconds, arm.waitSeconds, alphaPerChallenger(plan));
  const target = TARGETS.handoffMedianChange;
  const isTrusted = verdict.kind !== 'sample_ratio';
  return {
    measure: 'median_response_to_handoff',
    variant: arm.variant,
    target,
    wanted: 'at_most',
    value: change?.relativeChange ?? null,
    met: isTrusted && change ? medianMet(change.relativeChange, change.interval) : 'not_yet_known',
  };
}

function medianMet(value: number, interval: Interval | null): Met {
  if (interval === null) return 'not_yet_known';
  if (value <= TARGETS.handoffMedianChange && interval.high < 0) return 'yes';
  return interval.low > TARGETS.handoffMedianChange ? 'no' : 'not_yet_known';
}

function optOutMeasure(evidence: MeasureEvidence, { variant }: Arm): SuccessMeasureDto {
  return {
    measure: 'opt_out_rate',
    variant,
    target: evidence.plan.guardrail.tolerance,
    wanted: 'at_most',
    value: findComparison(evidence, variant, 'opted_out')?.difference ?? null,
    met: optOutsMet(evidence, variant),
  };
}

/** `no` once a rise is proven; `yes` once the experiment has ended without such proof, or a rise is ruled out. */
function optOutsMet(evidence: MeasureEvidence, variant: string): Met {
  const { plan, verdict, history } = evidence;
  const pairing = findPairing(evidence, variant);
  const isJudged = plan.guardrail.metric === 'opted_out' && verdict.kind !== 'sample_ratio';
  if (!isJudged || pairing === undefined) return 'not_yet_known';
  const alarm = findGuardrailAlarm(plan, history);
  if (alarm !== undefined) {
    return 'variant' in alarm && alarm.variant === variant ? 'no' : 'not_yet_known';
  }
  const sequence = alwaysValidInterval(
    guardrailOf(pairing.control),
    guardrailOf(pairing.challenger),
    { alpha: plan.guardrail.alpha, tightestAtLeads: plannedLeads(plan) },
  );
  const isRuledOut = sequence !== null && sequence.interval.high <= plan.guardrail.tolerance;
  return isRuledOut || isFinal(verdict) ? 'yes' : 'not_yet_known';
}

function isFinal({ kind }: Verdict): boolean {
  return kind === 'better' || kind === 'no_difference';
}

function certainInterval(
  plan: ExperimentPlan,
  control: ArmCounts,
  challenger: ArmCounts,
): Interval {
  const settings = { alpha: alphaPerChallenger(plan), tightestAtLeads: plannedLeads(plan) };
  const sequence = alwaysValidInterval(primaryOf(control), primaryOf(challenger), settings);
  return sequence?.interval ?? NOTHING_CERTAIN;
}

function findPairing({ history }: MeasureEvidence, variant: string) {
  return pairingsOf(history.at(-1)).find(({ challenger }) => challenger.variant === variant);
}

function findComparison(
  { comparisons }: MeasureEvidence,
  variant: string,
  metric: ComparisonDto['metric'],
): ComparisonDto | undefined {
  return comparisons.find((one) => one.variant === variant && one.metric === metric);
}
