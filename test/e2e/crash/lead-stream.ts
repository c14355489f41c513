import { createHmac } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { CEILING_MS, until } from '../../support/until.js';
import { WEBHOOK_SECRET } from './server-process.js';

/** Accounts that the leads are spread over, as the CRM's rate limit is one per account. */
const LOCATIONS = 10;
/** Between two tries against a server that does not listen. */
const PAUSE_MS = 5;

export interface Lead {
  readonly deliveryId: string;
  readonly locationId: string;
  readonly contactId: string;
  readonly body: string;
}

/** What the sender of a delivery got to know. */
export type Reply =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly retryAfter: string | null;
      readonly outcome: string;
    }
  /** Refused, reset, or cut off: the sender cannot know whether it was stored. */
  | { readonly kind: 'broken' };

export interface Sent {
  readonly lead: Lead;
  readonly reply: Reply;
}

let serial = 0;

/** A hot lead: it gets exactly one automatic reply. */
export function newLead(
  text = 'Pre-approved for $450k, need to buy in Frisco within 30 days',
  contactId?: string,
): Lead {
  serial += 1;
  const contact = contactId ?? `contact-${serial}`;
  const deliveryId = `delivery-${serial}`;
  const locationId = `location-${[...contact].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % LOCATIONS}`;
  const body = JSON.stringify({
    type: 'message.received',
    id: deliveryId,
    location_id: locationId,
    contact_id: contact,
    message: text,
    contact: { firstName: 'Dana' },
  });
  return { deliveryId, locationId, contactId: contact, body };
}

export async function send(url: string, lead: Lead): Promise<Reply> {
  const signature = createHmac('sha256', WEBHOOK_SECRET).update(lead.body).digest('hex');
  try {
    const response = await fetch(`${url}/webhook/ghl`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-GHL-Signature': signature },
      body: lead.body,
      signal: AbortSignal.timeout(CEILING_MS),
    });
    const json = (await response.json()) as { readonly status: unknown };
    const retryAfter = response.headers.get('Retry-After');
    return { kind: 'answered', status: response.status, retryAfter, outcome: String(json.status) };
  } catch {
    return { kind: 'broken' };
  }
}

export function isAcknowledged({ reply }: Sent): boolean {
  return reply.kind === 'answered' && reply.status === 200;
}

/** Several senders that send one lead after the other until they are told to stop. */
export class LeadStream {
  readonly sent: Sent[] = [];
  private stopped = false;
  private readonly senders: readonly Promise<void>[];

  constructor(
    private readonly url: string,
    senders: number,
    private readonly pauseMs = PAUSE_MS,
  ) {
    this.senders = Array.from({ length: senders }, () => this.keepSending());
  }

  get acknowledged(): number {
    return this.sent.filter(isAcknowledged).length;
  }

  /** Waits for as many acknowledged leads as this. */
  untilAcknowledged(count: number): Promise<void> {
    return until(() => this.acknowledged >= count);
  }

  async stop(): Promise<readonly Sent[]> {
    this.stopped = true;
    await Promise.all(this.senders);
    return this.sent;
  }

  private async keepSending(): Promise<void> {
    while (!this.stopped) {
      const lead = newLead();
      this.sent.push({ lead, reply: await send(this.url, lead) });
      await pause(this.pauseMs);
    }
  }
}
