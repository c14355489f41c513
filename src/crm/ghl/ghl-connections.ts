import { Agent, EnvHttpProxyAgent, type Dispatcher } from 'undici';
import type { CrmEndpoint } from '../crm-connection.js';
import type { Departure } from './departure.js';
import type { GhlReply } from './ghl-failures.js';
import type { GhlRequest } from './ghl-request.js';

/** A request as it is written. */
export interface OutgoingRequest extends Pick<GhlRequest, 'method' | 'query' | 'body'> {
  /** Encoded; the endpoint's own path goes in front of it. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface ConnectionOptions {
  /** Trusted instead of the usual authorities: PEM. */
  readonly ca?: Buffer;
}

const MAX_REPLY_BYTES = 5_000_000;
/** As many as the lanes that are worked on at once. */
const MAX_SOCKETS = 64;
/** A connection that nobody uses is closed before what stands in front of the CRM closes it. */
const KEEP_ALIVE_MS = 30_000;
const USER_AGENT = 'GrowthGate';

/**
 * The connections to the CRM, through the proxy that HTTPS_PROXY, HTTP_PROXY and NO_PROXY name unless the
 * CRM is on this machine. No redirect is followed: it would carry the token to wherever it points.
 */
export class GhlConnections {
  private readonly dispatcher: Dispatcher;
  private readonly origin: string;
  private readonly basePath: string;

  constructor(endpoint: CrmEndpoint, { ca }: ConnectionOptions = {}) {
    const options: Agent.Options = {
      connections: MAX_SOCKETS,
      pipelining: 1,
      keepAliveTimeout: KEEP_ALIVE_MS,
      maxResponseSize: MAX_REPLY_BYTES,
      // The whole exchange has one time limit, which a reply that trickles in does not stretch.
      headersTimeout: 0,
      bodyTimeout: 0,
      ...(ca === undefined ? {} : { connect: { ca } }),
    };
    this.dispatcher = endpoint.isLoopback ? new Agent(options) : new EnvHttpProxyAgent(options);
    const { origin, pathname } = new URL(endpoint.url);
    this.origin = origin;
    this.basePath = pathname.replace(/\/$/, '');
  }

  /** Whatever comes back is a reply; rejects when none came, or none that is whole. */
  send(request: OutgoingRequest, departure: Departure, timeoutMs: number): Promise<GhlReply> {
    const { method, path, query, headers, body } = request;
    const search = query === undefined ? '' : `?${new URLSearchParams(query)}`;
    return new Promise((resolve, reject) => {
      const exchange = new Exchange(departure, timeoutMs, resolve, reject);
      const options: Dispatcher.DispatchOptions = {
        origin: this.origin,
        path: `${this.basePath}${path}${search}`,
        method,
        headers: { 'User-Agent': USER_AGENT, ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      };
      try {
        this.dispatcher.dispatch(options, exchange);
      } catch (error) {
        exchange.fail(error);
      }
    });
  }

  close(): void {
    void this.dispatcher.destroy();
  }
}

/** One request under way: asks the departure just before it is written, and gathers the reply. */
class Exchange implements Dispatcher.DispatchHandler {
  private readonly overdue: NodeJS.Timeout;
  private readonly parts: Buffer[] = [];
  private controller: Dispatcher.DispatchController | undefined;
  private status = 0;
  private headers: GhlReply['headers'] = {};

  constructor(
    private readonly departure: Departure,
    timeoutMs: number,
    private readonly resolve: (reply: GhlReply) => void,
    private readonly reject: (error: unknown) => void,
  ) {
    this.overdue = setTimeout(() => this.abort(), timeoutMs);
    this.overdue.unref();
  }

  /** Called when the connection stands, in the turn of the event loop in which the request is written to it. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    // Thrown, not aborted: the connection has seen nothing, and serves the next request.
    if (!this.departure.leave()) throw new Error('held back');
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: GhlReply['headers'],
  ): void {
    this.status = status;
    this.headers = headers;
  }

  onResponseData(_controller: Dispatcher.DispatchController, part: Buffer): void {
    this.parts.push(part);
  }

  onResponseEnd(): void {
    clearTimeout(this.overdue);
    const body = readBody(Buffer.concat(this.parts).toString());
    const reply = { status: this.status, headers: this.headers, body };
    // The connection serves again from the next turn of the event loop on: a call that follows this one
    // takes it, instead of opening another.
    setImmediate(() => setImmediate(() => this.resolve(reply)));
  }

  onResponseError(_controller: Dispatcher.DispatchController | undefined, error: Error): void {
    this.fail(error);
  }

  fail(error: unknown): void {
    clearTimeout(this.overdue);
    this.reject(error);
  }

  private abort(): void {
    const error = Object.assign(new Error('No reply in time'), { code: 'ETIMEDOUT' });
    this.departure.giveUp();
    this.reject(error);
    this.controller?.abort(error);
  }
}

/** JSON or what else it is: the status says whether it is a success. */
function readBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
