import { plannedLeads, type ExperimentPlan } from './experiment-plan.js';
import type { Proportion } from './proportion.js';
import type { SourceExposures } from './sample-ratio.js';

/** One arm at one moment, counted from the start of the experiment; each contact counts once. */
export interface ArmCounts {
  readonly variant: string;
  /** Leads that received the variant. */
  readonly exposures: number;
  /** Of these, leads with the guardrail's event so far. */
  readonly guardrailEvents: number;
  /** Of the exposures, those whose attribution window has closed. */
  readonly matured: number;
  /** Of the matured, leads with the primary metric's outcome inside the window. */
  readonly primaryEvents: number;
}

/** All arms at the end of one day, in the order of the plan's variants. */
export interface ExperimentSnapshot {
  readonly arms: readonly ArmCounts[];
  /** The exposures again, by lead source; needed on the last day only. */
  readonly sources?: readonly SourceExposures[];
}

/** A planned look that was taken: which leads it saw, as a share of the planned sample. */
export interface InterimLook {
  readonly informationFraction: number;
  readonly snapshot: ExperimentSnapshot;
}

/** So close to the planned sample a look counts as the last: nothing is left to be spent afterwards. */
const LAST_LOOK_FROM = 0.99;

export function primaryOf(arm: ArmCounts): Proportion {
  return { successes: arm.primaryEvents, trials: arm.matured };
}

export function guardrailOf(arm: ArmCounts): Proportion {
  return { successes: arm.guardrailEvents, trials: arm.exposures };
}

/** Throws when a snapshot does not belong to the plan: a verdict on mixed-up arms is worse than none. */
export function assertSnapshotFits(plan: ExperimentPlan, { arms }: ExperimentSnapshot): void {
  const fits =
    arms.length === plan.variants.length &&
    arms.every(({ variant }, index) => variant === plan.variants[index]);
  if (!fits) {
    const names = arms.map(({ variant }) => variant).join(', ');
    throw new RangeError(`Arms ${names} are not those of the plan: ${plan.variants.join(', ')}`);
  }
}

/** Matured leads as a share of the planned sample, at most 1. */
export function informationFraction(plan: ExperimentPlan, { arms }: ExperimentSnapshot): number {
  const matured = arms.reduce((sum, arm) => sum + arm.matured, 0);
  const fraction = matured / plannedLeads(plan);
  return fraction >= LAST_LOOK_FROM ? 1 : fraction;
}

/**
 * Finds the planned looks in the experiment's history. Look k falls on the first snapshot with at least
 * k/looks of the planned sample; where a big day passes several, one look is taken. Since only
 * matured leads count, a day's numbers never change later, and opening the report more often adds no look.
 */
export function findInterimLooks(
  plan: ExperimentPlan,
  history: readonly ExperimentSnapshot[],
): InterimLook[] {
  const looks: InterimLook[] = [];
  let nextLook = 1;
  for (const snapshot of history) {
    const fraction = informationFraction(plan, snapshot);
    if (nextLook <= plan.looks && fraction * plan.looks >= nextLook) {
      looks.push({ informationFraction: fraction, snapshot });
      nextLook = Math.floor(fraction * plan.looks) + 1;
    }
  }
  return looks;
}
