import { Injectable, Logger } from '@nestjs/common';

import { type FeatureFlag, FLAG_OFF, type Rollout, RolloutService } from './rollout/rollout.js';
import { FeatureRegistry } from './rollout/feature-registry.js';
import {
  allocationEpoch,
  decideVerdictReason,
  type GateSubject,
  type Verdict,
  VERDICT_REASONS,
  type VerdictReason,
} from './rollout/verdict.js';
import type {
  GrowthFeature,
  GrowthProposal,
  LeadSnapshot,
  OutcomeSnapshot,
  SnapshotFollowUp,
} from './growth-feature.js';
import {
  type AllocatedProposal,
  checkedEvents,
  checkedProposal,
  type Contribution,
  type GrowthContribution,
  GrowthLedger,
  type GrowthPreview,
  type LeadRunInput,
  mergeProposals,
} from './growth-contribution.js';

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
  /** One object per reason, since a verdict is given millions of times. */
  readonly #verdicts = new Map<VerdictReason, Verdict>(
    VERDICT_REASONS.map((reason) => [
      reason,
      Object.freeze({ enabled: reason === 'enabled', reason }),
    ]),
  );

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
    const reason = this.registry.has(featureKey)
      ? decideVerdictReason(featureKey, subject, rollout)
      : 'unknown_feature';
    if (ledger !== undefined) countVerdict(ledger, featureKey, reason);
    return this.#verdicts.get(reason) ?? { enabled: false, reason };
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
    const verdicts: Record<string, Verdict> = {};
    const contributions: Contribution[] = [];
    for (const feature of this.registry.list()) {
      const handler = feature.outcomes;
      if (handler === undefined) continue;
      const settings = this.registry.settingsOf(feature, rollout);
      const step: FeatureStep = {
        observe: () => handler.observe(outcome, settings),
        bypassed: (reason) => handler.bypassed(reason),
        propose: () => handler.propose(outcome, settings),
        epoch: () => allocationEpoch(feature.key, settings, rollout),
      };
      const verdict = this.evaluateGrowthFeature(feature.key, subjectOf(outcome), ledger, rollout);
      verdicts[feature.key] = verdict;
      const proposal = this.runStep(feature, step, verdict, ledger);
      if (proposal !== undefined) contributions.push({ feature: feature.key, proposal });
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
    const verdicts: Record<string, Verdict> = {};
    const contributions: Contribution[] = [];
    let merged = mergeProposals(contributions);
    let { followUp, reply } = input;
    for (const feature of this.registry.list()) {
      const snapshot = snapshotFor(feature, input, followUp, reply);
      const verdict = this.evaluateGrowthFeature(feature.key, subject, ledger, rollout);
      verdicts[feature.key] = verdict;
      const settings = this.registry.settingsOf(feature, rollout);
      const step: FeatureStep = {
        observe: () => feature.observe(snapshot, settings),
        bypassed: (reason) => [`bypassed_${reason}`],
        propose: () => feature.propose(snapshot, settings),
        epoch: () => allocationEpoch(feature.key, settings, rollout),
      };
      if (observer !== undefined) {
        this.isolated(feature, ledger, () => observer(feature, snapshot, settings));
      }
      const proposal = this.runStep(feature, step, verdict, ledger);
      if (proposal !== undefined) {
        contributions.push({ feature: feature.key, proposal });
        merged = mergeProposals(contributions);
        followUp = patchedFollowUp(input.followUp, merged.followUp);
        reply = patchedReply(input.reply, merged.reply);
      }
    }
    return { ...merged, rolloutVersion: rollout.version, verdicts, followUp, reply };
  }

  /** Observed always; proposed only when the gate allows it and observing went well. */
  private runStep(
    feature: GrowthFeature,
    step: FeatureStep,
    verdict: Verdict,
    ledger: GrowthLedger,
  ): AllocatedProposal | undefined {
    return this.isolated(feature, ledger, () => {
      countEvents(ledger, feature, step.observe());
      if (!verdict.enabled) {
        countEvents(ledger, feature, step.bypassed(verdict.reason));
        return undefined;
      }
      const { exposure, ...proposal } = checkedProposal(step.propose());
      countEvents(ledger, feature, proposal.events ?? []);
      return exposure === undefined
        ? proposal
        : { ...proposal, exposure: { ...exposure, epoch: step.epoch() } };
    });
  }

  private isolated<T>(feature: GrowthFeature, ledger: GrowthLedger, work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      ledger.countEvent(feature.key, FAILED_EVENT);
      this.#logger.error({ event: 'growth_feature_failed', feature: feature.key, error });
      return undefined;
    }
  }
}

/** What a feature does with a lead or an outcome, ready to be called. */
interface FeatureStep {
  observe(): readonly string[];
  bypassed(reason: VerdictReason): readonly string[];
  propose(): GrowthProposal;
  /** Of the allocation that an exposure belongs to. */
  epoch(): number;
}

/** Field by field: a spread of this many costs more than the rest of a run with all features off. */
function snapshotFor(
  { key }: GrowthFeature,
  input: LeadRunInput,
  followUp: SnapshotFollowUp,
  reply: string | null,
): LeadSnapshot {
  return {
    locationId: input.locationId,
    contactId: input.contactId,
    source: input.source,
    decidedAt: input.decidedAt,
    elapsedMs: input.elapsedMs,
    analysis: input.analysis,
    facts: input.facts,
    consent: input.consent,
    intent: input.intent,
    asksQuestion: input.asksQuestion,
    timezone: input.timezone,
    followUp,
    reply,
    state: Object.hasOwn(input.states, key) ? input.states[key] : undefined,
  };
}

function subjectOf(about: {
  readonly source: string;
  readonly contactId: string;
  readonly locationId: string;
}): GateSubject {
  return { leadSource: about.source, contactId: about.contactId, locationId: about.locationId };
}

function countVerdict(ledger: GrowthLedger, featureKey: string, reason: VerdictReason): void {
  ledger.add('feature_flag_evaluations_total', featureKey);
  if (reason === 'enabled') {
    ledger.add('feature_flag_enabled_total', featureKey);
    return;
  }
  ledger.add('feature_flag_blocked_total', featureKey);
  ledger.add('feature_flag_blocked_total', `${featureKey}:${reason}`);
}

function countEvents(
  ledger: GrowthLedger,
  feature: GrowthFeature,
  events: readonly string[],
): void {
  for (const event of checkedEvents(events)) ledger.countEvent(feature.key, event);
}

/** Features add to a follow-up; they never make one. */
function patchedFollowUp<F extends SnapshotFollowUp>(
  followUp: F,
  patch: Readonly<Record<string, unknown>>,
): F {
  const isPatched = followUp !== undefined && followUp !== null && Object.keys(patch).length > 0;
  return isPatched ? { ...followUp, ...patch } : followUp;
}

/** Features word a reply; whether one is sent is decided before them. */
function patchedReply(reply: string | null, proposed: string | undefined): string | null {
  return reply === null ? null : (proposed ?? reply);
}
