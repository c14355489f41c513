import type { LeadContext } from '../../leads/lead-context.js';
import { EMPTY_CONTEXT } from '../../leads/lead-context.js';
import type { LeadAnalysis } from '../../leads/lead-documents.js';
import { parseBusinessHours, type BusinessHours } from '../../config/business-hours.js';
import type { HandoffOptions, NewHandoff } from '../handoff.js';
import type { HandoffRequest } from '../plan-handoff.js';

export function hoursOf(text: string): BusinessHours {
  const hours = parseBusinessHours(text);
  if (hours === undefined) throw new Error(`not business hours: ${text}`);
  return hours;
}

/** As configured by default, with two users. */
export const SAMPLE_OPTIONS: HandoffOptions = {
  userIds: ['user-a', 'user-b'],
  assignsContact: false,
  deadlineMinutes: { high: 5, medium: 60, low: 60 },
  businessHours: hoursOf('Mon-Sat 8-20'),
  tags: {
    needed: 'needs_handoff',
    breached: 'handoff_breached',
    acknowledge: 'handoff_ack',
    resolve: 'handoff_resolved',
  },
  timezone: 'America/Chicago',
};

/** A Monday, 9:00 in Chicago. */
export const SAMPLE_OPENED_AT = new Date('2026-03-02T15:00:00.000Z');

export const SAMPLE_ANALYSIS: LeadAnalysis = {
  lead_score: 94.8,
  lead_temperature: 'hot',
  priority: 'high',
  estimated_commission: 27_000,
  facts: {
    budget_min: 450_000,
    budget_max: 450_000,
    timeline: '1_month',
    financing: 'pre_approved',
    areas: ['Frisco'],
  },
  scores: { qualification: 1, urgency: 0.72, intent: 0.8 },
  meets_criteria: true,
  service_area_match: true,
};

export const SAMPLE_CONTEXT: LeadContext = {
  ...EMPTY_CONTEXT,
  contact: { firstName: 'Dana', phone: '+15551234567' },
  turns: [
    {
      at: '2026-03-02T15:00:00.000Z',
      from: 'lead',
      text: 'Pre-approved for $450k, need Frisco within 30 days',
    },
    { at: '2026-03-02T15:00:00.000Z', from: 'bot', text: 'Hi Dana, automated assistant here.' },
  ],
};

export function sampleRequest(changes: Partial<HandoffRequest> = {}): HandoffRequest {
  return {
    proposal: { riskLevel: 'high', reasonCode: 'sla_high_risk_contact_now' },
    analysis: SAMPLE_ANALYSIS,
    context: SAMPLE_CONTEXT,
    source: 'facebook ads',
    openedAt: SAMPLE_OPENED_AT,
    ...changes,
  };
}

export function sampleHandoff(changes: Partial<NewHandoff> = {}): NewHandoff {
  return {
    locationId: 'loc',
    contactId: 'contact',
    handoffId: 1,
    reasonCode: 'sla_high_risk_contact_now',
    riskLevel: 'high',
    assignedTo: 'user-a',
    openedAt: SAMPLE_OPENED_AT,
    deadlineAt: new Date('2026-03-02T15:05:00.000Z'),
    deliveryId: 'delivery-1',
    summary: {
      wants: 'A home in Frisco, about $450,000',
      missing: [],
      next_step: 'Call and agree on a time to meet.',
      lead_score: 94.8,
      lead_temperature: 'hot',
      priority: 'high',
      source: 'facebook ads',
      facts: SAMPLE_ANALYSIS.facts,
    },
    ...changes,
  };
}
