import type { GrowthContribution } from '../../growth/growth-contribution.js';
import type { Consent } from '../../leads/analysis/detect-consent.js';
import type { LeadEvent } from '../../leads/crm-event.js';
import type { FollowUp, LeadAnalysis } from '../../leads/lead-documents.js';
import { leadFields } from './crm-writes.js';
import type { DecisionDocument, DecisionInput, ReplyDecision } from './decision.js';

export type LeadInput = DecisionInput<LeadEvent>;

/** What the core would do with a lead, before the growth features have had their say. */
export interface CoreDraft {
  /** Empty when the lead has none. */
  readonly source: string;
  readonly consent: Consent | null;
  readonly analysis: LeadAnalysis;
  readonly followUp: FollowUp | null;
  readonly reply: ReplyDecision;
}

/** The same with what the features added: follow-up and reply are as they left them. */
export interface LeadDraft extends CoreDraft {
  readonly growth: GrowthContribution;
  /** Tags beyond those that the analysis earns. */
  readonly addedTags: readonly string[];
}

/** CRM fields of the decision: the analysis's own under those of the features. */
export function draftFields({ analysis, growth }: LeadDraft, decidedAt: Date) {
  return { ...leadFields(analysis, decidedAt), ...growth.fields };
}

export function decisionDocument(draft: LeadDraft, decidedAt: Date): DecisionDocument {
  const { analysis, followUp, reply, growth } = draft;
  return {
    ...analysis,
    source: draft.source === '' ? 'unknown' : draft.source,
    consent: draft.consent,
    follow_up: followUp,
    reply,
    fields: draftFields(draft, decidedAt),
    added_tags: draft.addedTags,
    actions: growth.actions,
    growth_verdicts: growth.verdicts,
    rollout_version: growth.rolloutVersion,
    ...growth.decision,
  };
}
