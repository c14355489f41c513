import type { AllocatedExposure, GrowthContribution } from './growth-contribution.js';
import type { GrowthProposal } from './growth-feature.js';

/** A proposal whose exposure knows its allocation. */
export interface AllocatedProposal extends GrowthProposal {
  readonly exposure?: AllocatedExposure;
}

/** A proposal and the feature that made it. */
export interface Contribution {
  readonly feature: string;
  readonly proposal: AllocatedProposal;
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
  const weakestFirst = [...contributions].sort((a, b) => compareRank(a, b, priorities));
  const strongestFirst = [...weakestFirst].reverse();
  const proposals = strongestFirst.map(({ proposal }) => proposal);
  return {
    decision: layered(weakestFirst, 'decision'),
    followUp: layered(weakestFirst, 'followUp'),
    reply: proposals.find(({ reply }) => reply !== undefined)?.reply,
    actions: distinct(proposals.flatMap(({ actions = [] }) => actions)),
    fields: layered(weakestFirst, 'fields'),
    tags: distinct(proposals.flatMap(({ tags = [] }) => tags)),
    handoff: proposals.find(({ handoff }) => handoff !== undefined)?.handoff,
    exposures: proposals.flatMap(({ exposure }) => exposure ?? []),
    states: statesOf(strongestFirst),
  };
}

function compareRank(a: Contribution, b: Contribution, priorities: ProposalPriorities): number {
  const byPriority = rankOf(a.feature, priorities) - rankOf(b.feature, priorities);
  if (byPriority !== 0) return byPriority;
  return a.feature < b.feature ? 1 : -1;
}

function rankOf(feature: string, priorities: ProposalPriorities): number {
  return Object.hasOwn(priorities, feature) ? (priorities[feature] ?? 0) : 0;
}

/** Later ones lie on top. */
function layered<Part extends 'decision' | 'followUp' | 'fields'>(
  weakestFirst: readonly Contribution[],
  part: Part,
): NonNullable<GrowthProposal[Part]> {
  return Object.assign({}, ...weakestFirst.map(({ proposal }) => proposal[part]));
}

function statesOf(contributions: readonly Contribution[]): Record<string, unknown> {
  return Object.fromEntries(
    contributions
      .filter(({ proposal }) => proposal.state !== undefined)
      .map(({ feature, proposal }) => [feature, proposal.state]),
  );
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}
