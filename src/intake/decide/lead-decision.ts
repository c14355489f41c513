import type { ReplyMode } from '../../config/configuration.js';
import type { CustomFieldValue } from '../../crm/crm.port.js';
import type { EffectDraft } from '../../effects/effect.js';
import type { ExposureProposal, HandoffProposal } from '../../growth/growth-feature.js';
import type { Consent } from '../../leads/analysis/detect-consent.js';
import type { LeadEvent } from '../../leads/crm-event.js';
import type { LeadContext } from '../../leads/lead-context.js';
import type { FollowUp, LeadAnalysis } from '../../leads/lead-documents.js';
import type { LeadProfile } from '../../config/lead-profile.js';

/** Everything a decision depends on; none of it is mutated. */
export interface LeadDecisionInput {
  readonly event: LeadEvent;
  readonly context: LeadContext;
  readonly profile: LeadProfile;
  readonly replyMode: ReplyMode;
  /** Whether a handoff of this lead is unresolved: a person has the word. */
  readonly handoffOpen: boolean;
  readonly decidedAt: Date;
}

/** Why a reply is not sent by itself. */
export type WithheldReason =
  'opted_out' | 'suppressed' | 'do_not_disturb' | 'human_takeover' | 'reply_mode' | 'handoff_open';

export interface ReplyDecision {
  /** Null when nothing may be said at all. */
  readonly text: string | null;
  readonly send: boolean;
  readonly withheld: WithheldReason | null;
}

export interface FeatureVerdict {
  readonly enabled: boolean;
  readonly reason: string;
}

/** The decision while it travels down the chain of steps; each step returns a new draft. */
export interface DecisionDraft {
  readonly source: string;
  readonly consent: Consent | null;
  readonly analysis: LeadAnalysis;
  readonly followUp: FollowUp | null;
  readonly reply: ReplyDecision;
  readonly fields: Readonly<Record<string, CustomFieldValue>>;
  /** Tags beyond those that the analysis earns. */
  readonly addedTags: readonly string[];
  readonly growth: GrowthContribution;
}

/** What the growth features contributed; empty when none applies. */
export interface GrowthContribution {
  /** Version of the rollout that the verdicts were given under. */
  readonly rolloutVersion: number;
  readonly verdicts: Readonly<Record<string, FeatureVerdict>>;
  /** Keys added to the decision document. */
  readonly additions: Readonly<Record<string, unknown>>;
  readonly actions: readonly string[];
  readonly handoff: HandoffProposal | null;
  readonly exposures: readonly ExposureProposal[];
  /** By feature: what it wants remembered of this lead. */
  readonly states: Readonly<Record<string, unknown>>;
}

export const NO_GROWTH: GrowthContribution = {
  rolloutVersion: 0,
  verdicts: {},
  additions: {},
  actions: [],
  handoff: null,
  exposures: [],
  states: {},
};

export type DecisionStep = (draft: DecisionDraft, input: LeadDecisionInput) => DecisionDraft;

/** The finished decision. */
export interface LeadDecision {
  readonly draft: DecisionDraft;
  /** The lead's context afterwards. */
  readonly context: LeadContext;
  readonly effects: readonly EffectDraft[];
}
