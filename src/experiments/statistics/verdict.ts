import { alwaysValidInterval, alwaysValidLowerBound } from './confidence-sequence.js';
import {
  alphaPerChallenger,
  minimumDifference,
  plannedLeads,
  type ExperimentPlan,
} from './experiment-plan.js';
import {
  assertSnapshotFits,
  findInterimLooks,
  guardrailOf,
  primaryOf,
  type ArmCounts,
  type ExperimentSnapshot,
  type InterimLook,
} from './experiment-snapshot.js';
import { groupSequentialBounds } from './group-sequential.js';
import { rateOf } from './proportion.js';
import { findSampleRatioCause, sampleRatioEvidence, sampleRatioTest } from './sample-ratio.js';
import { pooledZScore } from './two-proportions.js';
import {
  betterSentence,
  guardrailSentence,
  keepRunningSentence,
  noDifferenceEarlySentence,
  noDifferenceSentence,
  notStartedSentence,
  sampleRatioSentence,
} from './verdict-sentences.js';

interface VerdictOf<Kind extends string, Headline extends string> {
  readonly kind: Kind;
  /** The verdict in the fixed words that reports and consoles show. */
  readonly headline: Headline;
  /** One plain sentence with the numbers it rests on. */
  readonly sentence: string;
}

export type Verdict =
  | VerdictOf<'keep_running', 'keep running'>
  | VerdictOf<'no_difference', 'no difference worth having'>
  | VerdictOf<'sample_ratio', 'do not trust: sample ratio'>
  | (VerdictOf<'guardrail', 'stop: guardrail'> & { readonly variant: string })
  | (VerdictOf<'better', `${string} is better`> & { readonly variant: string });

/** The |z| to exceed at each of the given information fractions. Costs milliseconds: a caller in a loop may remember it. */
export type BoundsFor = (fractions: readonly number[], alpha: number) => readonly number[];

/**
 * Guardrails are tuned to catch harm early rather than to be tightest at the end. Never later than the
 * plan, and no later than this many leads.
 */
const GUARDRAIL_TIGHTEST_AT_LEADS = 5000;

/**
 * Before so many events in both arms together an opt-out more or less decides, and the normal
 * approximation behind the guardrail's bound does not hold.
 */
const GUARDRAIL_FROM_EVENTS = 20;

/**
 * The e-value on any day; on the last day also the chi-square, over all leads and within each source.
 * Earlier days are not tested again by chi-square, which would add a false alarm for each.
 */
export function findSampleRatioAlarm(
  plan: ExperimentPlan,
  history: readonly ExperimentSnapshot[],
): Verdict | undefined {
  const current = history.at(-1);
  if (current === undefined) {
    return undefined;
  }
  const observedIn = ({ arms }: ExperimentSnapshot) => arms.map((arm) => arm.exposures);
  const evident = history.find(
    (snapshot) => sampleRatioEvidence(observedIn(snapshot), plan.weights).mismatch,
  );
  const today = sampleRatioTest(observedIn(current), plan.weights);
  const cause = findSampleRatioCause(current.sources ?? [], plan.weights);
  if (evident === undefined && !today.mismatch && cause === null) {
    return undefined;
  }
  const sentence = sampleRatioSentence(plan, evident ?? current, cause);
  return { kind: 'sample_ratio', headline: 'do not trust: sample ratio', sentence };
}

/** How far the challenger's guardrail rate certainly exceeds control's; null before anything can be said. */
function provenRise(
  plan: ExperimentPlan,
  control: ArmCounts,
  challenger: ArmCounts,
): number | null {
  if (control.guardrailEvents + challenger.guardrailEvents < GUARDRAIL_FROM_EVENTS) {
    return null;
  }
  return alwaysValidLowerBound(guardrailOf(control), guardrailOf(challenger), {
    alpha: plan.guardrail.alpha / (plan.variants.length - 1),
    tightestAtLeads: Math.min(plannedLeads(plan), GUARDRAIL_TIGHTEST_AT_LEADS),
  });
}

/** Harm proven on any day stays proven: the bound may be asked every day. */
export function findGuardrailAlarm(
  plan: ExperimentPlan,
  history: readonly ExperimentSnapshot[],
): Verdict | undefined {
  for (const { arms } of history) {
    const { control, challengers } = split(arms);
    for (const challenger of challengers) {
      const rise = provenRise(plan, control, challenger);
      if (rise !== null && rise > plan.guardrail.tolerance) {
        const sentence = guardrailSentence(plan, control, challenger, rise);
        return {
          kind: 'guardrail',
          headline: 'stop: guardrail',
          variant: challenger.variant,
          sentence,
        };
      }
    }
  }
  return undefined;
}

function split(arms: readonly ArmCounts[]): {
  control: ArmCounts;
  challengers: readonly ArmCounts[];
} {
  const [control, ...challengers] = arms;
  if (control === undefined) {
    throw new RangeError('A snapshot without arms');
  }
  return { control, challengers };
}

function zOf(control: ArmCounts, challenger: ArmCounts): number {
  return pooledZScore(primaryOf(control), primaryOf(challenger));
}

function best(arms: readonly ArmCounts[]): ArmCounts | undefined {
  return [...arms].sort((a, b) => rateOf(primaryOf(b)) - rateOf(primaryOf(a)))[0];
}

/** The first planned look at which a challenger beats control, or all have been beaten by it. */
export function findWinner(
  plan: ExperimentPlan,
  looks: readonly InterimLook[],
  bounds: readonly number[],
): Verdict | undefined {
  const beaten = new Set<string>();
  for (const [index, look] of looks.entries()) {
    const { control, challengers } = split(look.snapshot.arms);
    const bound = bounds[index] ?? Infinity;
    const winner = best(challengers.filter((arm) => zOf(control, arm) >= bound));
    challengers
      .filter((arm) => zOf(control, arm) <= -bound)
      .forEach((arm) => beaten.add(arm.variant));
    const closest = best(challengers);
    const allBeaten = beaten.size === challengers.length;
    const [better, worse] = winner === undefined ? [control, closest] : [winner, control];
    if (worse !== undefined && (winner !== undefined || allBeaten)) {
      const sentence = betterSentence(plan, { better, worse, look: index + 1, bound });
      const headline = `${better.variant} is better` as const;
      return { kind: 'better', headline, variant: better.variant, sentence };
    }
  }
  return undefined;
}

/** Every challenger is certainly within the minimum lift of control, in either direction. */
function isFutile(plan: ExperimentPlan, { arms }: ExperimentSnapshot): boolean {
  const { control, challengers } = split(arms);
  const worthHaving = minimumDifference(plan);
  const settings = { alpha: alphaPerChallenger(plan), tightestAtLeads: plannedLeads(plan) };
  return challengers.every((challenger) => {
    const sequence = alwaysValidInterval(primaryOf(control), primaryOf(challenger), settings);
    return (
      sequence !== null &&
      sequence.interval.low > -worthHaving &&
      sequence.interval.high < worthHaving
    );
  });
}

function findNoDifference(
  plan: ExperimentPlan,
  history: readonly ExperimentSnapshot[],
  looks: readonly InterimLook[],
  bounds: readonly number[],
): Verdict | undefined {
  const last = looks.at(-1);
  const kind = 'no_difference';
  const headline = 'no difference worth having';
  if (last?.informationFraction === 1) {
    const sentence = noDifferenceSentence(plan, last.snapshot, bounds.at(-1) ?? Infinity);
    return { kind, headline, sentence };
  }
  const futile = history.find((snapshot) => isFutile(plan, snapshot));
  if (futile === undefined) {
    return undefined;
  }
  return { kind, headline, sentence: noDifferenceEarlySentence(plan, futile) };
}

/**
 * Applies the plan's decision rule to the experiment's daily history, oldest day first. Pure: the same
 * rows give the same verdict however often it is asked for. A fault of the data outweighs everything,
 * harm outweighs a gain, and only then is a winner looked for, at the planned looks and nowhere else.
 */
export function decideVerdict(
  plan: ExperimentPlan,
  history: readonly ExperimentSnapshot[],
  boundsFor: BoundsFor = groupSequentialBounds,
): Verdict {
  history.forEach((snapshot) => {
    assertSnapshotFits(plan, snapshot);
  });
  const current = history.at(-1);
  const running = { kind: 'keep_running', headline: 'keep running' } as const;
  if (current === undefined) {
    return { ...running, sentence: notStartedSentence(plan) };
  }
  const looks = findInterimLooks(plan, history);
  const fractions = looks.map((look) => look.informationFraction);
  const bounds = fractions.length === 0 ? [] : boundsFor(fractions, alphaPerChallenger(plan));
  return (
    findSampleRatioAlarm(plan, history) ??
    findGuardrailAlarm(plan, history) ??
    findWinner(plan, looks, bounds) ??
    findNoDifference(plan, history, looks, bounds) ?? {
      ...running,
      sentence: keepRunningSentence(plan, current, looks.length),
    }
  );
}
