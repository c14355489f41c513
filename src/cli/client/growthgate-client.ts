import { createHmac } from 'node:crypto';

/** What a request came to. Never an exception: a server that is away is an expected outcome. */
export type ServiceAnswer =
  | {
      readonly kind: 'answered';
      readonly status: number;
      /** The parsed body; its text where it is no JSON. */
      readonly body: unknown;
      readonly durationMs: number;
    }
  | { readonly kind: 'unanswered'; readonly reason: string; readonly durationMs: number };

export interface ServiceAccess {
  /** Without a trailing slash. */
  readonly url: string;
  readonly webhookSecret: string;
  /** Undefined: the admin API is not asked. */
  readonly adminKey?: string | undefined;
  readonly metricsToken?: string | undefined;
}

/** Longer than the server's own limits, so that it is the server who says what went wrong. */
const REQUEST_TIMEOUT_MS = 20_000;

/** `X-GHL-Signature` of a body: HMAC-SHA256 in hex. */
export function signBody(body: string, secret: string): string {
  return createHmac('sha256', secret).update(body).digest('hex');
}

/** GrowthGate seen from outside, for the commands: signs webhooks, reads what came of them. */
export class GrowthGateClient {
  constructor(private readonly access: ServiceAccess) {}

  get url(): string {
    return this.access.url;
  }

  sendWebhook(body: string): Promise<ServiceAnswer> {
    return this.postWebhook(body, signBody(body, this.access.webhookSecret));
  }

  /** With a signature of the caller's choice. */
  postWebhook(body: string, signature: string): Promise<ServiceAnswer> {
    const headers = { 'Content-Type': 'application/json', 'X-GHL-Signature': signature };
    return this.request('/webhook/ghl', { method: 'POST', headers, body });
  }

  analyseLead(lead: object, apiKey: string | undefined): Promise<ServiceAnswer> {
    const headers = { 'Content-Type': 'application/json', ...bearer(apiKey) };
    return this.request('/analyze-lead', { method: 'POST', headers, body: JSON.stringify(lead) });
  }

  readHealth(): Promise<ServiceAnswer> {
    return this.request('/health', {});
  }

  readReadiness(): Promise<ServiceAnswer> {
    return this.request('/health/ready', {});
  }

  readMetrics(): Promise<ServiceAnswer> {
    const headers = { Accept: 'application/json', ...bearer(this.access.metricsToken) };
    return this.request('/metrics', { headers });
  }

  readLead(locationId: string, contactId: string): Promise<ServiceAnswer> {
    return this.readAdmin(
      `/leads/${encodeURIComponent(locationId)}/${encodeURIComponent(contactId)}`,
    );
  }

  /** Newest first. */
  readDecisions(locationId: string, contactId: string): Promise<ServiceAnswer> {
    const lead = `${encodeURIComponent(locationId)}/${encodeURIComponent(contactId)}`;
    return this.readAdmin(`/leads/${lead}/decisions`);
  }

  /** The counts by state of one lead's effects, and those that are still to go out. */
  readOpenEffects(locationId: string, contactId: string): Promise<ServiceAnswer> {
    const filter = {
      location_id: locationId,
      contact_id: contactId,
      state: 'pending',
      limit: '200',
    };
    return this.readAdmin(`/effects?${new URLSearchParams(filter)}`);
  }

  private readAdmin(path: string): Promise<ServiceAnswer> {
    return this.request(`/admin${path}`, { headers: bearer(this.access.adminKey) });
  }

  private async request(path: string, init: RequestInit): Promise<ServiceAnswer> {
    const startedAt = performance.now();
    const durationMs = (): number => performance.now() - startedAt;
    try {
      const signal = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
      const response = await fetch(`${this.access.url}${path}`, { ...init, signal });
      const body = parseBody(await response.text());
      return { kind: 'answered', status: response.status, body, durationMs: durationMs() };
    } catch (error) {
      return { kind: 'unanswered', reason: reasonOf(error), durationMs: durationMs() };
    }
  }
}

function bearer(token: string | undefined): Record<string, string> {
  return token === undefined ? {} : { Authorization: `Bearer ${token}` };
}

function parseBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** `fetch` says "fetch failed" and hides why in the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (cause instanceof Error && 'code' in cause && cause.code !== undefined)
    return String(cause.code);
  return cause instanceof Error && cause.message !== '' ? cause.message : error.message;
}
