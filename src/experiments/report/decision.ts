import { isMetric, type Metric } from '../metrics.js';
import {
  alwaysValidInterval,
  alwaysValidLowerBound,
  DEFAULT_TIGHTEST_AT_LEADS,
} from '../statistics/confidence-sequence.js';
import {
  alphaPerChallenger,
  plannedLeads,
  type ExperimentPlan,
} from '../statistics/experiment-plan.js';
import {
  findInterimLooks,
  guardrailOf,
  informationFraction,
  primaryOf,
  type ArmCounts,
  type ExperimentSnapshot,
} from '../statistics/experiment-snapshot.js';
import { groupSequentialBounds } from '../statistics/group-sequential.js';
import { compareProportions, pooledZScore } from '../statistics/two-proportions.js';
import { findGuardrailAlarm, type Verdict } from '../statistics/verdict.js';
import type {
  ChallengerIntervalDto,
  GuardrailDto,
  LookDto,
  LooksDto,
  VerdictDto,
} from './decision.dto.js';

type History = readonly ExperimentSnapshot[];

export interface Pairing {
  readonly control: ArmCounts;
  readonly challenger: ArmCounts;
}

/** Each challenger with control; nothing while nobody has been exposed. */
export function pairingsOf(snapshot: ExperimentSnapshot | undefined): readonly Pairing[] {
  const [control, ...challengers] = snapshot?.arms ?? [];
  return control === undefined ? [] : challengers.map((challenger) => ({ control, challenger }));
}

export function verdictDto(verdict: Verdict): VerdictDto {
  const { kind, headline, sentence } = verdict;
  return { kind, headline, sentence, variant: 'variant' in verdict ? verdict.variant : null };
}

/** Where the experiment stands between its planned looks. */
export function looksDto(plan: ExperimentPlan, history: History): LooksDto {
  const current = history.at(-1);
  const taken = looksTaken(plan, history);
  const fraction = current === undefined ? 0 : informationFraction(plan, current);
  const next = Math.floor(fraction * plan.looks) + 1;
  const isComplete = taken.at(-1)?.information_fraction === 1;
  return {
    metric: metricOf(plan.primaryMetric),
    planned: plan.looks,
    taken,
    information_fraction: Math.min(1, fraction),
    next_look_at_leads: isComplete ? null : Math.ceil((plannedLeads(plan) * next) / plan.looks),
    between_looks: pairingsOf(current).map((pairing) => betweenLooks(plan, pairing)),
  };
}

function looksTaken(plan: ExperimentPlan, history: History): readonly LookDto[] {
  const looks = findInterimLooks(plan, history);
  if (looks.length === 0) return [];
  const bounds = groupSequentialBounds(
    looks.map((look) => look.informationFraction),
    alphaPerChallenger(plan),
  );
  return looks.map((look, index) => ({
    look: index + 1,
    information_fraction: look.informationFraction,
    bound: bounds[index] ?? 0,
    challengers: pairingsOf(look.snapshot).map(({ control, challenger }) => ({
      variant: challenger.variant,
      z: pooledZScore(primaryOf(control), primaryOf(challenger)),
    })),
  }));
}

function betweenLooks(plan: ExperimentPlan, pairing: Pairing): ChallengerIntervalDto {
  const control = primaryOf(pairing.control);
  const challenger = primaryOf(pairing.challenger);
  const sequence = alwaysValidInterval(control, challenger, {
    alpha: alphaPerChallenger(plan),
    tightestAtLeads: plannedLeads(plan),
  });
  return {
    variant: pairing.challenger.variant,
    difference: compareProportions(control, challenger)?.difference ?? null,
    interval: sequence?.interval ?? null,
  };
}

/** What must not get worse, watched on every exposure so far, matured or not. */
export function guardrailDtos(plan: ExperimentPlan, history: History): readonly GuardrailDto[] {
  const alarm = findGuardrailAlarm(plan, history);
  const alarmed = alarm !== undefined && 'variant' in alarm ? alarm.variant : undefined;
  return pairingsOf(history.at(-1)).map((pairing) => {
    const control = guardrailOf(pairing.control);
    const challenger = guardrailOf(pairing.challenger);
    return {
      metric: metricOf(plan.guardrail.metric),
      variant: pairing.challenger.variant,
      rise: compareProportions(control, challenger)?.difference ?? null,
      proven_rise: alwaysValidLowerBound(control, challenger, {
        alpha: plan.guardrail.alpha / (plan.variants.length - 1),
        tightestAtLeads: Math.min(plannedLeads(plan), DEFAULT_TIGHTEST_AT_LEADS),
      }),
      tolerance: plan.guardrail.tolerance,
      alarm: pairing.challenger.variant === alarmed,
    };
  });
}

/** Plans are made of our own metrics only; anything else is a damaged row. */
export function metricOf(name: string): Metric {
  if (!isMetric(name)) throw new Error(`The plan names an unknown metric: ${name}`);
  return name;
}
