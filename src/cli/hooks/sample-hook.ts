import { randomUUID } from 'node:crypto';
import { GROWTH_VERSION } from '../../growth/growth-feature.js';
import type { HookMessage } from '../../conversions/hooks/hook-client.js';

/** An event of a made-up lead, marked as a sample by its type. */
export function sampleHook(now: Date): HookMessage {
  return {
    id: `evt_sample_${randomUUID()}`,
    type: 'sample.lead.converted',
    timestamp: now.toISOString(),
    data: {
      location_id: 'loc-sample',
      contact_id: 'contact-sample',
      outcome: 'converted',
      previous_outcome: 'active',
      subject: 'opportunity',
      status: { field: 'status', value: 'won' },
      lead_source: 'facebook ads',
      conversion_feedback_signal: 'high_intent',
      decided_at: now.toISOString(),
      version: GROWTH_VERSION,
    },
  };
}
