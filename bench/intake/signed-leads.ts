import { createHmac } from 'node:crypto';
import { TYPICAL_MESSAGES } from '../text/typical-messages.js';

/** Of the benchmark's own servers only. */
export const BENCH_SECRET = 'webhook-secret-of-the-benchmarks';

export const BENCH_ADMIN_KEY = 'admin-key-of-the-benchmarks-0123456789';

/** Leads come from this many accounts, as they would in service; the CRM's rate limit is per account. */
const LOCATIONS = 50;

export interface SignedLead {
  readonly body: string;
  readonly signature: string;
}

/** Different deliveries of different contacts: nothing is a repeat, and no two wait for the same lead. */
export function signedLeads(count: number, series: string): SignedLead[] {
  return Array.from({ length: count }, (_, index) => {
    const body = leadBody(`${series}-${index}`, index);
    return { body, signature: createHmac('sha256', BENCH_SECRET).update(body).digest('hex') };
  });
}

function leadBody(id: string, index: number): string {
  return JSON.stringify({
    type: 'message.received',
    id: `evt-${id}`,
    location_id: `loc-${index % LOCATIONS}`,
    contact_id: `contact-${id}`,
    message: TYPICAL_MESSAGES[index % TYPICAL_MESSAGES.length],
    contact: {
      firstName: 'Dana',
      lastName: 'Reyes',
      email: `lead-${id}@example.com`,
      source: 'Facebook Ads',
    },
    timestamp: new Date().toISOString(),
  });
}
