import { asRecord } from '#product/shared/loose-json.js';
import { CONTACT_ROUTES } from './contact-routes.js';
import { CONVERSATION_ROUTES } from './conversation-routes.js';
import { LOCATION_ROUTES } from './location-routes.js';
import { OPPORTUNITY_ROUTES } from './opportunity-routes.js';
import type { SandboxFault } from './sandbox-faults.js';
import { passGate } from './sandbox-gate.js';
import type { BodyReading } from './sandbox-http.js';
import type { SandboxRateWindow } from './sandbox-rate-window.js';
import { refusal, type SandboxReply } from './sandbox-reply.js';
import { SandboxRouter, type SandboxMatch } from './sandbox-router.js';
import type { SandboxState } from './sandbox-state.js';
import type { IncomingHttpHeaders } from 'node:http';

export interface SandboxApiCall {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: BodyReading;
}

/** The part of the sandbox that is GoHighLevel's: from a parsed request to its answer. */
export class SandboxApi {
  private readonly router = new SandboxRouter([
    ...CONTACT_ROUTES,
    ...CONVERSATION_ROUTES,
    ...LOCATION_ROUTES,
    ...OPPORTUNITY_ROUTES,
  ]);

  constructor(
    private readonly accessToken: string,
    private readonly state: SandboxState,
    private readonly rateWindow: SandboxRateWindow,
  ) {}

  operationOf(method: string, url: URL): string | undefined {
    return this.router.match(method, url.pathname)?.route.operation;
  }

  /** Synchronous on purpose: calls are applied one after the other, in the order of the journal. */
  answer(call: SandboxApiCall, fault: SandboxFault | undefined): SandboxReply {
    const gate = passGate(call.headers, call.url.pathname, this.accessToken);
    if (gate.refused !== undefined) return gate.refused;
    const match = this.router.match(call.method, call.url.pathname);
    if (match === undefined) return refusal(404, `Cannot ${call.method} ${call.url.pathname}`);
    const scope = this.rateScope(gate.tokenLocationId, match, call.url.searchParams);
    const rate = this.rateWindow.count(scope, Date.parse(this.state.now()));
    if (!rate.passes) {
      return { ...refusal(429, 'Too Many Requests'), headers: rate.headers };
    }
    const reply =
      fault?.kind === 'status' ? faultReply(fault) : this.handle(call, match, gate.tokenLocationId);
    return { ...reply, headers: { ...rate.headers, ...reply.headers } };
  }

  private handle(
    call: SandboxApiCall,
    match: SandboxMatch,
    tokenLocationId: string | null,
  ): SandboxReply {
    if (call.body.refused !== undefined) return call.body.refused;
    const { route, params } = match;
    const body = asRecord(call.body.json);
    const query = call.url.searchParams;
    const reply = route.handler({ params, query, body, tokenLocationId }, this.state);
    this.record(match, call.body.json, reply);
    return reply;
  }

  /** Reads change nothing but may bring a contact or a location's first fields into being. */
  private record(match: SandboxMatch, body: unknown, reply: SandboxReply): void {
    const { operation, method } = match.route;
    if (method === 'GET') return this.state.commit(reply.puts ?? []);
    const { status, contactId } = reply;
    const concerned = contactId === undefined ? {} : { contactId };
    this.state.commit(reply.puts ?? [], { operation, status, body, ...concerned });
  }

  /** The CRM counts per location, which the bare secret does not tell. */
  private rateScope(
    tokenLocationId: string | null,
    match: SandboxMatch,
    query: URLSearchParams,
  ): string {
    const { locationId, contactId } = match.params;
    const named = tokenLocationId ?? locationId ?? query.get('locationId');
    return named ?? this.state.contact(contactId ?? '')?.locationId ?? 'unknown';
  }
}

const DEFAULT_FAULT_STATUS = 500;

function faultReply(fault: SandboxFault): SandboxReply {
  const status = fault.status ?? DEFAULT_FAULT_STATUS;
  const { body } = refusal(status, fault.message ?? `Injected fault ${status}`);
  return { status, body: fault.body ?? body, headers: fault.headers ?? {} };
}
