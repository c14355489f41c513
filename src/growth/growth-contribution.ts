import type { CustomFieldValue } from '../crm/crm.port.js';
import { deepFreeze } from '../shared/loose-json.js';
import type { FeatureStates } from '../leads/lead-context.js';
import type {
  ExposureProposal,
  GrowthProposal,
  HandoffProposal,
  LeadSnapshot,
  SnapshotFollowUp,
} from './growth-feature.js';
import type { Verdict } from './rollout/verdict.js';

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
interface AllocatedExposure extends ExposureProposal {
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

/** Of an event that the features do not get to see. */
export function noContribution(rolloutVersion: number): GrowthContribution<undefined> {
  return {
    rolloutVersion,
    verdicts: {},
    decision: {},
    followUp: undefined,
    reply: null,
    actions: [],
    fields: {},
    tags: [],
    handoff: undefined,
    exposures: [],
    states: {},
  };
}

/** A run whose effects are carried out by nobody, with what each feature read from the lead. */
export interface GrowthPreview extends GrowthContribution {
  readonly explanations: Readonly<Record<string, unknown>>;
  /** `feature:event` keys, in order. */
  readonly events: readonly string[];
}

/** A proposal and the feature that made it. */
export interface Contribution {
  readonly feature: string;
  readonly proposal: GrowthProposal;
  /** The proposal's, once its allocation is known. */
  readonly exposure?: AllocatedExposure | undefined;
}

/** What all features together want, with every conflict settled. */
export interface MergedProposal extends Omit<
  GrowthContribution,
  'rolloutVersion' | 'verdicts' | 'followUp' | 'reply'
> {
  /** Keys to be laid over the follow-up. */
  readonly followUp: Readonly<Record<string, unknown>>;
  readonly reply: string | undefined;
}

export type ProposalPriorities = Readonly<Record<string, number>>;

/**
 * Who wins where two features want the same key, field, reply or handoff: higher wins. A lead that
 * needs a person comes before the timing of an automatic message, that before a trial of wording,
 * and reporting comes last. A feature that is not listed ranks 0; equal ranks are settled by the
 * features' names, so that the order of registration never matters.
 */
export const PROPOSAL_PRIORITIES: ProposalPriorities = {
  sla_handoff_thresholds: 40,
  adaptive_followup_timing: 30,
  ab_response_style_testing: 20,
  lead_source_attribution: 10,
};

/** Pure: the same contributions in any order give the same result, lists sorted by rank. */
export function mergeProposals(
  contributions: readonly Contribution[],
  priorities: ProposalPriorities = PROPOSAL_PRIORITIES,
): MergedProposal {
  const strongestFirst = ranked(contributions, priorities);
  const proposals = strongestFirst.map(({ proposal }) => proposal);
  return {
    decision: layered(strongestFirst, 'decision'),
    followUp: layered(strongestFirst, 'followUp'),
    reply: proposals.find(({ reply }) => reply !== undefined)?.reply,
    actions: distinct(proposals, 'actions'),
    fields: layered(strongestFirst, 'fields'),
    tags: distinct(proposals, 'tags'),
    handoff: proposals.find(({ handoff }) => handoff !== undefined)?.handoff,
    exposures: strongestFirst.flatMap(({ exposure }) => exposure ?? []),
    states: statesOf(strongestFirst),
  };
}

/** What a lead looks like to the next feature: the two parts of a merged proposal that features read. */
export function mergedAnswer(
  contributions: readonly Contribution[],
): Pick<MergedProposal, 'followUp' | 'reply'> {
  const strongestFirst = ranked(contributions, PROPOSAL_PRIORITIES);
  return {
    followUp: layered(strongestFirst, 'followUp'),
    reply: strongestFirst.find(({ proposal }) => proposal.reply !== undefined)?.proposal.reply,
  };
}

function ranked(
  contributions: readonly Contribution[],
  priorities: ProposalPriorities,
): readonly Contribution[] {
  if (contributions.length < 2) return contributions;
  return [...contributions].sort((a, b) => compareRank(b, a, priorities));
}

function compareRank(a: Contribution, b: Contribution, priorities: ProposalPriorities): number {
  const byPriority = rankOf(a.feature, priorities) - rankOf(b.feature, priorities);
  if (byPriority !== 0) return byPriority;
  return a.feature < b.feature ? 1 : -1;
}

function rankOf(feature: string, priorities: ProposalPriorities): number {
  return Object.hasOwn(priorities, feature) ? (priorities[feature] ?? 0) : 0;
}

/** Stronger ones lie on top. */
function layered<Part extends 'decision' | 'followUp' | 'fields'>(
  strongestFirst: readonly Contribution[],
  part: Part,
): NonNullable<GrowthProposal[Part]> {
  const layers: NonNullable<GrowthProposal[Part]> = {};
  for (let place = strongestFirst.length - 1; place >= 0; place -= 1) {
    Object.assign(layers, strongestFirst[place]?.proposal[part]);
  }
  return layers;
}

function statesOf(contributions: readonly Contribution[]): Record<string, unknown> {
  const states: Record<string, unknown> = {};
  for (const { feature, proposal } of contributions) {
    if (proposal.state !== undefined) states[feature] = proposal.state;
  }
  return states;
}

function distinct(
  proposals: readonly GrowthProposal[],
  part: 'actions' | 'tags',
): readonly string[] {
  const values = new Set<string>();
  for (const proposal of proposals) {
    for (const value of proposal[part] ?? []) values.add(value);
  }
  return [...values];
}

/**
 * Refuses a reply without text and a due time that is no time, and freezes what another feature, or
 * this one on the lead's next message, gets to see. Throws, because a breach is a fault of the
 * feature's code; the gate treats it as any other failure of a feature.
 */
export function checkedProposal(proposal: GrowthProposal): GrowthProposal {
  if (proposal.reply !== undefined && proposal.reply.trim() === '') {
    throw new Error('The proposed reply has no text');
  }
  const delayMinutes = proposal.followUp?.['recommended_delay_minutes'];
  if (delayMinutes !== undefined && !isDelay(delayMinutes)) {
    throw new Error('The proposed recommended_delay_minutes is not a delay');
  }
  deepFreeze(proposal.followUp);
  deepFreeze(proposal.state);
  return proposal;
}

function isDelay(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}
