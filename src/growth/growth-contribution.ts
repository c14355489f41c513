import type { CustomFieldValue } from '../crm/crm.port.js';
import type { FeatureStates } from '../leads/lead-context.js';
import type {
  ExposureProposal,
  HandoffProposal,
  LeadSnapshot,
  SnapshotFollowUp,
} from './growth-feature.js';
import type { Verdict } from './verdict.js';

/** A lead as the decision core hands it in. */
export interface LeadRunInput<F extends SnapshotFollowUp = SnapshotFollowUp> extends Omit<
  LeadSnapshot,
  'state' | 'followUp'
> {
  readonly followUp: F;
  /** What earlier runs stored of this lead. */
  readonly states: FeatureStates;
}

/** An exposure with the allocation that put the lead into its arm. */
export interface AllocatedExposure extends ExposureProposal {
  /** See `allocationEpoch`. */
  readonly epoch: number;
}

/** All that the growth features together add to a decision: one type from the gate to the stored document. */
export interface GrowthContribution<F extends SnapshotFollowUp = SnapshotFollowUp> {
  /** Version of the rollout that the verdicts were given under. */
  readonly rolloutVersion: number;
  /** By feature key. */
  readonly verdicts: Readonly<Record<string, Verdict>>;
  /** Keys added to the decision document. */
  readonly decision: Readonly<Record<string, unknown>>;
  /** The follow-up with what the features added. */
  readonly followUp: F;
  /** The reply's text after the features; null when none is sent. */
  readonly reply: string | null;
  readonly actions: readonly string[];
  readonly fields: Readonly<Record<string, CustomFieldValue>>;
  readonly tags: readonly string[];
  readonly handoff: HandoffProposal | undefined;
  readonly exposures: readonly AllocatedExposure[];
  /** By feature key: what it wants remembered of this lead; the changed ones only. */
  readonly states: FeatureStates;
}

/** A run whose effects are carried out by nobody, with what each feature read from the lead. */
export interface GrowthPreview extends GrowthContribution {
  readonly explanations: Readonly<Record<string, unknown>>;
  /** `feature:event` keys, in order. */
  readonly events: readonly string[];
}
