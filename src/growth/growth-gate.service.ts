import { Injectable, Logger } from '@nestjs/common';

import { type FeatureFlag, FLAG_OFF, type Rollout, RolloutService } from './rollout/rollout.js';
import { FeatureRegistry } from './rollout/feature-registry.js';
import type { FeatureHandler, RuledFeature } from './rollout/ruled-feature.js';
import {
  type GateSubject,
  normalisedId,
  UNKNOWN_FEATURE,
  type Verdict,
} from './rollout/verdict.js';
import type {
  GrowthFeature,
  LeadSnapshot,
  OutcomeSnapshot,
  SnapshotFollowUp,
} from './growth-feature.js';
import {
  checkedProposal,
  type Contribution,
  type GrowthContribution,
  type GrowthPreview,
  type LeadRunInput,
  mergedAnswer,
  mergeProposals,
} from './growth-contribution.js';
import { GrowthLedger } from './growth-ledger.js';
import { ownOutcome, ownSnapshot, sharedReadings } from './own-snapshot.js';

/** Event of a feature that threw or proposed nonsense. */
const FAILED_EVENT = 'failed';

export interface FeatureListing {
  readonly key: string;
  readonly description: string;
  readonly flag: FeatureFlag;
  /** In force: the defaults under what the operator has set. */
  readonly settings: unknown;
}

/** Sees each feature's snapshot and settings just before the feature runs. */
type StepObserver = (feature: GrowthFeature, lead: LeadSnapshot, settings: unknown) => void;

/**
 * The one door to the growth features, and their only caller. Fails open: whatever a feature does,
 * the lead is still answered. The gate itself fails closed: what is not clearly allowed is blocked.
 */
@Injectable()
export class GrowthGateService {
  readonly #logger = new Logger(GrowthGateService.name);
  constructor(
    private readonly registry: FeatureRegistry,
    private readonly rollouts: RolloutService,
  ) {}

  /** Whether a feature applies to a lead, and why. Counted when a ledger is given. */
  evaluateGrowthFeature(
    featureKey: string,
    subject: GateSubject,
    ledger?: GrowthLedger,
    rollout: Rollout = this.rollouts.current(),
  ): Verdict {
    const ruled = this.registry.under(rollout).get(featureKey);
    if (ruled !== undefined) return judged(ruled, subject, ledger);
    if (ledger !== undefined) {
      countVerdict(ledger, featureKey, UNKNOWN_FEATURE, `${featureKey}:${UNKNOWN_FEATURE.reason}`);
    }
    return UNKNOWN_FEATURE;
  }

  /** Lets every feature look at a lead, and those that the gate allows add to the decision. */
  runForLead<F extends SnapshotFollowUp>(
    input: LeadRunInput<F>,
    ledger: GrowthLedger,
    rollout: Rollout = this.rollouts.current(),
  ): GrowthContribution<F> {
    return this.runFeatures(input, ledger, rollout);
  }

  /** The same run without consequences: nothing is counted, and each feature tells what it read. */
  previewLead(input: LeadRunInput, rollout: Rollout = this.rollouts.current()): GrowthPreview {
    const ledger = new GrowthLedger();
    const explanations: Record<string, unknown> = {};
    const run = this.runFeatures(input, ledger, rollout, (feature, lead, settings) =>
      Object.assign(explanations, feature.explain?.(lead, settings)),
    );
    return { ...run, explanations, events: ledger.events() };
  }

  /** Tells the features that learn from outcomes what became of a lead. */
  runForOutcome(
    outcome: OutcomeSnapshot,
    ledger: GrowthLedger,
    rollout: Rollout = this.rollouts.current(),
  ): GrowthContribution<undefined> {
    const subject = subjectOf(outcome);
    const verdicts: Record<string, Verdict> = {};
    const contributions: Contribution[] = [];
    for (const ruled of this.registry.under(rollout).values()) {
      if (ruled.onOutcome === undefined) continue;
      const verdict = judged(ruled, subject, ledger);
      verdicts[ruled.key] = verdict;
      const snapshot = ownOutcome(outcome);
      const contribution = this.runStep(ruled, ruled.onOutcome, snapshot, verdict, ledger);
      if (contribution !== undefined) contributions.push(contribution);
    }
    return {
      ...mergeProposals(contributions),
      rolloutVersion: rollout.version,
      verdicts,
      followUp: undefined,
      reply: null,
    };
  }

  /** Every feature of this build with its flag, for metrics and the admin API. */
  listFeatures(rollout: Rollout = this.rollouts.current()): readonly FeatureListing[] {
    return Array.from(this.registry.list(), (feature) => ({
      key: feature.key,
      description: feature.description,
      flag: rollout.flags[feature.key] ?? FLAG_OFF,
      settings: this.registry.settingsOf(feature, rollout),
    }));
  }

  private runFeatures<F extends SnapshotFollowUp>(
    input: LeadRunInput<F>,
    ledger: GrowthLedger,
    rollout: Rollout,
    observer?: StepObserver,
  ): GrowthContribution<F> {
    const subject = subjectOf(input);
    const analysis = sharedReadings(input);
    const verdicts: Record<string, Verdict> = {};
    const contributions: Contribution[] = [];
    let { followUp, reply } = input;
    for (const ruled of this.registry.under(rollout).values()) {
      const snapshot = ownSnapshot(ruled.key, input, analysis, followUp, reply);
      const verdict = judged(ruled, subject, ledger);
      verdicts[ruled.key] = verdict;
      if (observer !== undefined) this.observed(ruled, snapshot, ledger, observer);
      const contribution = this.runStep(ruled, ruled.onLead, snapshot, verdict, ledger);
      if (contribution === undefined) continue;
      contributions.push(contribution);
      const answer = mergedAnswer(contributions);
      followUp = patchedFollowUp(input.followUp, answer.followUp);
      reply = patchedReply(input.reply, answer.reply);
    }
    const { decision, actions, fields, tags, handoff, exposures, states } =
      mergeProposals(contributions);
    return {
      rolloutVersion: rollout.version,
      verdicts,
      decision,
      followUp,
      reply,
      actions,
      fields,
      tags,
      handoff,
      exposures,
      states,
    };
  }

  /** Observed always; proposed only when the gate allows it and observing went well. */
  private runStep<Snapshot>(
    ruled: RuledFeature,
    handler: FeatureHandler<Snapshot>,
    snapshot: Snapshot,
    verdict: Verdict,
    ledger: GrowthLedger,
  ): Contribution | undefined {
    try {
      const { settings } = ruled;
      countEvents(ledger, ruled, handler.observe(snapshot, settings));
      if (!verdict.enabled) {
        countEvents(ledger, ruled, handler.bypassed(verdict.reason));
        return undefined;
      }
      const proposal = checkedProposal(handler.propose(snapshot, settings));
      if (proposal.events !== undefined) countEvents(ledger, ruled, proposal.events);
      const exposure =
        proposal.exposure && Object.assign({}, proposal.exposure, { epoch: ruled.epoch });
      return { feature: ruled.key, proposal, exposure };
    } catch (error) {
      this.recordFailure(ruled, ledger, error);
      return undefined;
    }
  }

  private observed(
    ruled: RuledFeature,
    lead: LeadSnapshot,
    ledger: GrowthLedger,
    observer: StepObserver,
  ): void {
    try {
      observer(ruled.feature, lead, ruled.settings);
    } catch (error) {
      this.recordFailure(ruled, ledger, error);
    }
  }

  private recordFailure({ key }: RuledFeature, ledger: GrowthLedger, error: unknown): void {
    ledger.countEvent(key, FAILED_EVENT);
    this.#logger.error({ event: 'growth_feature_failed', feature: key, error });
  }
}

/** The id is normalised once for all features. */
function subjectOf(about: {
  readonly source: string;
  readonly contactId: string;
  readonly locationId: string;
}): GateSubject {
  return {
    leadSource: about.source,
    contactId: normalisedId(about.contactId),
    locationId: about.locationId,
  };
}

function judged(
  ruled: RuledFeature,
  subject: GateSubject,
  ledger: GrowthLedger | undefined,
): Verdict {
  const verdict = ruled.rule.verdictOn(subject);
  if (ledger !== undefined) {
    countVerdict(ledger, ruled.key, verdict, ruled.counterKey(verdict.reason));
  }
  return verdict;
}

function countVerdict(
  ledger: GrowthLedger,
  featureKey: string,
  verdict: Verdict,
  reasonKey: string,
): void {
  ledger.add('feature_flag_evaluations_total', featureKey);
  if (verdict.enabled) {
    ledger.add('feature_flag_enabled_total', featureKey);
    return;
  }
  ledger.add('feature_flag_blocked_total', featureKey);
  ledger.add('feature_flag_blocked_total', reasonKey);
}

/** All names are looked at before the first is counted: a feature that failed has counted nothing else. */
function countEvents(ledger: GrowthLedger, ruled: RuledFeature, events: readonly string[]): void {
  const keys = events.map((event) => ruled.counterKey(event));
  for (const key of keys) ledger.add('growth_feature_events_total', key);
}

/** Features add to a follow-up; they never make one. */
function patchedFollowUp<F extends SnapshotFollowUp>(
  followUp: F,
  patch: Readonly<Record<string, unknown>>,
): F {
  const isPatched = followUp !== undefined && followUp !== null && Object.keys(patch).length > 0;
  return isPatched ? Object.freeze({ ...followUp, ...patch }) : followUp;
}

/** Features word a reply; whether one is sent is decided before them. */
function patchedReply(reply: string | null, proposed: string | undefined): string | null {
  return reply === null ? null : (proposed ?? reply);
}
