import type { CustomFieldValue } from '../../crm/crm.port.js';
import type { GrowthContribution } from '../../growth/growth-contribution.js';
import type { FollowUp, LeadAnalysis } from '../../leads/lead-documents.js';
import type { DecisionDocument } from './decision.js';
import type { Answer, ReadLead } from './lead-input.js';

/** What the core would do with a lead, before the growth features have had their say. */
export interface CoreDraft extends ReadLead, Answer {
  /** Empty when the lead has none. */
  readonly source: string;
  readonly analysis: LeadAnalysis;
  readonly followUp: FollowUp | null;
}

/** The same with what the features added: follow-up and reply are as they left them. */
export interface LeadDraft extends CoreDraft {
  readonly growth: GrowthContribution;
  /** Tags beyond those that the analysis earns. */
  readonly addedTags: readonly string[];
}

/** CRM fields of the decision: the analysis's own under those of the features. */
export function draftFields({ analysis, growth }: LeadDraft, decidedAt: Date) {
  return Object.assign(leadFields(analysis, decidedAt), growth.fields);
}

export function decisionDocument(draft: LeadDraft, decidedAt: Date): DecisionDocument {
  const { analysis, followUp, reply, growth } = draft;
  const core = {
    source: draft.source === '' ? 'unknown' : draft.source,
    consent: draft.message.consent?.verdict ?? null,
    intent: draft.message.intent,
    follow_up: followUp,
    reply,
    fields: draftFields(draft, decidedAt),
    added_tags: draft.addedTags,
    actions: growth.actions,
    growth_verdicts: growth.verdicts,
    rollout_version: growth.rolloutVersion,
  };
  // On Node 20 properties behind a spread cost a microsecond each.
  return Object.assign({}, analysis, core, growth.decision);
}

export const LEAD_TAGS = {
  priorityHigh: 'Priority-High',
  hotLead: 'Hot-Lead',
  qualified: 'Qualified',
} as const;

/** Custom fields written for every lead event. */
export function leadFields(
  analysis: LeadAnalysis,
  decidedAt: Date,
): Record<string, CustomFieldValue> {
  return {
    ai_lead_score: analysis.lead_score,
    lead_temperature: analysis.lead_temperature,
    lead_priority: analysis.priority,
    estimated_commission: analysis.estimated_commission,
    last_ai_analysis: decidedAt.toISOString(),
    meets_criteria: analysis.meets_criteria,
    service_area_match: analysis.service_area_match,
  };
}

/** Tags that this analysis earns. */
export function earnedTags(analysis: LeadAnalysis): string[] {
  const tags: string[] = [];
  if (analysis.priority === 'high') tags.push(LEAD_TAGS.priorityHigh);
  if (analysis.lead_temperature === 'hot') tags.push(LEAD_TAGS.hotLead);
  if (analysis.meets_criteria) tags.push(LEAD_TAGS.qualified);
  return tags;
}

/** Our tags that the contact is known to wear and no longer earns. The CRM lower-cases tags. */
export function lostTags(worn: readonly string[], earned: readonly string[]): string[] {
  const wornNow = new Set(worn.map((tag) => tag.toLowerCase()));
  return Object.values(LEAD_TAGS).filter(
    (tag) => wornNow.has(tag.toLowerCase()) && !earned.includes(tag),
  );
}
