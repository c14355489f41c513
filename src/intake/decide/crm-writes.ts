import type { CustomFieldValue } from '../../crm/crm.port.js';
import type { LeadAnalysis } from '../../leads/lead-documents.js';

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
