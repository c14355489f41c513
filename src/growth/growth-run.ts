import type { FeatureStates } from '../leads/lead-context.js';
import type { LeadSnapshot, SnapshotFollowUp } from './growth-feature.js';
import type { MergedProposal } from './merge-proposals.js';
import type { Verdict } from './verdict.js';

/** A lead as the decision core hands it in. */
export interface LeadRunInput<F extends SnapshotFollowUp = SnapshotFollowUp> extends Omit<
  LeadSnapshot,
  'state' | 'followUp'
> {
  readonly followUp: F;
  readonly states: FeatureStates;
}

/** What the features together add to a decision. `states` holds the changed ones only. */
export interface GrowthEffects extends Omit<MergedProposal, 'followUp' | 'reply'> {
  /** By feature key. */
  readonly verdicts: Readonly<Record<string, Verdict>>;
}

export interface GrowthRun<F extends SnapshotFollowUp = SnapshotFollowUp> extends GrowthEffects {
  /** The follow-up with what the features added. */
  readonly followUp: F;
  /** The reply's text after the features; null when none is sent. */
  readonly reply: string | null;
}

/** A run whose effects are carried out by nobody, with what each feature read from the lead. */
export interface GrowthPreview extends GrowthRun {
  readonly explanations: Readonly<Record<string, unknown>>;
  /** `feature:event` keys, in order. */
  readonly events: readonly string[];
}
