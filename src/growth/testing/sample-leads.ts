import type { LeadFacts } from '../../leads/lead-documents.js';
import type { LeadSnapshot, OutcomeSnapshot } from '../growth-feature.js';
import type { LeadRunInput } from '../growth-contribution.js';

export const SAMPLE_TIME = new Date('2026-02-10T10:00:00.000Z');

/** What a hot lead has said. */
export function sampleFacts(changes: Partial<LeadFacts> = {}): LeadFacts {
  return {
    budget_min: 450_000,
    budget_max: 450_000,
    timeline: '1_month',
    financing: 'pre_approved',
    areas: ['Frisco'],
    ...changes,
  };
}

/** A hot lead of a known source, answered in half a second. */
const HOT_LEAD = {
  locationId: 'location-1',
  contactId: 'contact-1',
  source: 'facebook ads',
  decidedAt: SAMPLE_TIME,
  elapsedMs: 500,
  analysis: { lead_score: 91, lead_temperature: 'hot', priority: 'high' },
  facts: sampleFacts(),
  consent: null,
  intent: 'buyer',
  asksQuestion: false,
  unread: [],
  hasLanguageModel: true,
  timezone: 'America/Chicago',
  followUp: { action: 'immediate_call', delay_minutes: 60 },
  reply: 'Thanks, we can help with that.',
} as const satisfies Omit<LeadSnapshot, 'state'>;

/** As a feature sees it. */
export function sampleLead(changes: Partial<LeadSnapshot> = {}): LeadSnapshot {
  return { ...HOT_LEAD, state: undefined, ...changes };
}

/** As the decision core hands it to the gate. */
export function sampleRunInput(changes: Partial<LeadRunInput> = {}): LeadRunInput {
  return { ...HOT_LEAD, states: {}, ...changes };
}

export function sampleOutcome(changes: Partial<OutcomeSnapshot> = {}): OutcomeSnapshot {
  return {
    locationId: 'location-1',
    contactId: 'contact-1',
    source: 'facebook ads',
    outcome: 'converted',
    signal: { field: 'status', value: 'won' },
    decidedAt: SAMPLE_TIME,
    ...changes,
  };
}

/** Every kind of lead that a feature must cope with. */
export function awkwardLeads(): readonly LeadSnapshot[] {
  return [
    sampleLead(),
    sampleLead({ analysis: { lead_score: 0, lead_temperature: 'cold', priority: 'normal' } }),
    sampleLead({ source: '' }),
    sampleLead({ source: '微信 "); drop' }),
    sampleLead({ contactId: '' }),
    sampleLead({ contactId: '__proto__' }),
    sampleLead({ reply: null }),
    sampleLead({ reply: 'x'.repeat(320) }),
    sampleLead({ followUp: undefined }),
    sampleLead({ followUp: null }),
    sampleLead({ followUp: {} }),
    sampleLead({ followUp: { engagement_score: {}, timing_bucket: [] } }),
    sampleLead({ analysis: null, facts: null }),
    sampleLead({ analysis: null, facts: null, followUp: null, reply: null }),
    sampleLead({ consent: 'opt_out', intent: 'acknowledgement', asksQuestion: true }),
    sampleLead({ elapsedMs: Number.NaN }),
    sampleLead({ elapsedMs: -1 }),
    sampleLead({ state: 'not what was stored' }),
    sampleLead({ state: null }),
    sampleLead({ unread: ['figure', 'anger'], hasLanguageModel: false }),
  ];
}
