import { setMaxListeners } from 'node:events';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import type { CrmCredentials, CrmEndpoint, CrmTelemetry } from '../crm-connection.js';
import type { Announce, CrmFailure, CrmResult } from '../crm.port.js';
import type { CrmRateLimiter, RateLimitGrant } from '../rate-limit/crm-rate-limiter.port.js';
import { Stopwatch } from '../../shared/stopwatch.js';
import { Departure } from './departure.js';
import { GhlConnections } from './ghl-connections.js';
import { apiVersion, requestPath, type GhlRequest } from './ghl-request.js';
import { connectionFailure, replyFailure, type GhlReply } from './ghl-failures.js';

const DEFAULT_TIMEOUT_MS = 10_000;
/** How far in the queue a call may book its slot; further back the caller has something better to do. */
const PATIENCE_MS = 1_500;
/** Messages come before records. */
const MESSAGE_PATIENCE_MS = 6_000;
/** More than any message waits, so that whoever has a message's turn gets to use it. */
const AWAITED_PATIENCE_MS = 12_000;
/**
 * A call that has not left by now is not made: this process, or its machine, stood still, and who made
 * the call may have lost the right to it. More than a turn and a connection take together.
 */
const STALE_MS = 20_000;
/** An announcement that grew old before its call left is made anew, this often. */
const MAX_ANNOUNCEMENTS = 3;
/** When the limiter's database is away nothing is sent. */
const LIMITER_DOWN_WAIT_MS = 1_000;
/** More than the lanes that are worked on at once. */
const MAX_WAITING = 100;

export interface GhlTransportParts {
  readonly endpoint: CrmEndpoint;
  readonly credentials: CrmCredentials;
  readonly limiter: CrmRateLimiter;
  readonly telemetry: CrmTelemetry;
  readonly timeoutMs?: number;
}

/** Sends one request: token, rate limit, headers, time limit, classification, log line. */
export class GhlTransport {
  private readonly connections: GhlConnections;
  private readonly stopping = new AbortController();

  constructor(private readonly parts: GhlTransportParts) {
    // Every call that waits for its turn listens; beyond ten Node would warn of a leak.
    setMaxListeners(MAX_WAITING, this.stopping.signal);
    this.connections = new GhlConnections(parts.endpoint);
  }

  /** The reply's body, of any 2xx. */
  async send(locationId: string, request: GhlRequest): Promise<CrmResult<unknown>> {
    const token = await this.parts.credentials.find(locationId);
    if (token === undefined) {
      return failed({ kind: 'no_credentials', message: 'No CRM token for this location' });
    }
    const path = requestPath(request.path);
    if (path === undefined) {
      return failed({ kind: 'rejected', message: 'An id cannot be part of a CRM address' });
    }
    const waiting = new Stopwatch();
    const refusal = await this.waitForTurn(locationId, patienceOf(request));
    if (refusal !== undefined) return failed(refusal);
    const call: Call = { locationId, token, path, request };
    const result =
      request.announce === undefined
        ? await this.exchange(call, new Departure(() => waiting.elapsedMs() < STALE_MS))
        : await this.announced(call, request.announce);
    await this.slowDownAfter(locationId, result);
    return result;
  }

  /** The turn comes first and the announcement last: what is asked is old after any wait. */
  private async announced(call: Call, announce: Announce): Promise<CrmResult<unknown>> {
    for (let made = 0; made < MAX_ANNOUNCEMENTS; made += 1) {
      const holds = await announce();
      if (holds === undefined) {
        return failed({ kind: 'withheld', message: 'No longer wanted when its turn came' });
      }
      const departure = new Departure(holds);
      const result = await this.exchange(call, departure);
      if (!departure.wasHeldBack) return result;
    }
    return failed({
      kind: 'unreachable',
      message: 'No announcement held until the call could leave',
    });
  }

  /** Any answer will do, and our own budget is left alone: a full queue is not a sick CRM. */
  async probe(
    locationId: string | undefined,
    timeoutMs: number,
    request: GhlRequest,
  ): Promise<CrmResult<unknown>> {
    const { credentials } = this.parts;
    const token = await (locationId === undefined
      ? credentials.findAny()
      : credentials.find(locationId));
    if (token === undefined) {
      return failed({ kind: 'no_credentials', message: 'No CRM token is configured' });
    }
    const path = requestPath(request.path) ?? '/';
    const call: Call = { locationId: locationId ?? null, token, path, request };
    return this.exchange(call, new Departure(() => true), timeoutMs);
  }

  stopWaiting(): void {
    this.stopping.abort();
  }

  close(): void {
    this.connections.close();
  }

  private async exchange(
    call: Call,
    departure: Departure,
    timeoutMs = this.parts.timeoutMs ?? DEFAULT_TIMEOUT_MS,
  ): Promise<CrmResult<unknown>> {
    const { locationId, request } = call;
    const startedAt = performance.now();
    const outcome = await this.request(call, departure, timeoutMs);
    const failure =
      'reply' in outcome ? replyFailure(outcome.reply, new Date()) : outcome.connectionFailure;
    this.parts.telemetry.callFinished({
      operation: request.operation,
      locationId,
      status: 'reply' in outcome ? outcome.reply.status : null,
      durationMs: performance.now() - startedAt,
      failure: failure?.kind ?? null,
    });
    if (failure !== undefined) return failed(failure);
    return succeeded('reply' in outcome ? outcome.reply.body : undefined);
  }

  private async request(
    { token, path, request }: Call,
    departure: Departure,
    timeoutMs: number,
  ): Promise<{ readonly reply: GhlReply } | { readonly connectionFailure: CrmFailure }> {
    const headers = {
      Authorization: `Bearer ${token}`,
      Version: apiVersion(request.path),
      Accept: 'application/json',
      ...(request.body === undefined ? {} : { 'Content-Type': 'application/json' }),
    };
    const outgoing = { ...request, path, headers };
    try {
      return { reply: await this.connections.send(outgoing, departure, timeoutMs) };
    } catch (error) {
      return { connectionFailure: connectionFailure(error, departure.hasLeft) };
    }
  }

  /** Undefined when the call may go out now. */
  private async waitForTurn(
    locationId: string,
    patienceMs: number,
  ): Promise<CrmFailure | undefined> {
    const grant = await this.takeTurn(locationId, patienceMs);
    if (!grant.granted) {
      const message = "Our own share of the CRM's rate limit is used up";
      return { kind: 'rate_limited', message, retryAfterMs: grant.retryAfterMs };
    }
    return grant.waitMs > 0 ? this.sleep(grant.waitMs) : undefined;
  }

  /** A stop does not wait for turns: what has not been called is called after the next start. */
  private async sleep(waitMs: number): Promise<CrmFailure | undefined> {
    try {
      await delay(waitMs, undefined, { signal: this.stopping.signal });
      return undefined;
    } catch {
      return { kind: 'rate_limited', message: 'The process stops', retryAfterMs: waitMs };
    }
  }

  private async takeTurn(locationId: string, patienceMs: number): Promise<RateLimitGrant> {
    try {
      return await this.parts.limiter.take(locationId, 1, patienceMs);
    } catch {
      return { granted: false, retryAfterMs: LIMITER_DOWN_WAIT_MS };
    }
  }

  private async slowDownAfter(locationId: string, result: CrmResult<unknown>): Promise<void> {
    if (result.ok || result.failure.retryAfterMs === undefined) return;
    // Without the limiter the caller still waits; only the other replicas do not know.
    await this.parts.limiter
      .penalise(locationId, result.failure.retryAfterMs)
      .catch(() => undefined);
  }
}

function patienceOf({ operation, isAwaited }: GhlRequest): number {
  if (isAwaited === true) return AWAITED_PATIENCE_MS;
  return operation === 'sendMessage' ? MESSAGE_PATIENCE_MS : PATIENCE_MS;
}

/** A request with what it needs to leave. */
interface Call {
  /** Null for a probe of no location. */
  readonly locationId: string | null;
  readonly token: string;
  readonly path: string;
  readonly request: GhlRequest;
}

export function succeeded<T>(value: T): CrmResult<T> {
  return { ok: true, value };
}

export function failed<T>(failure: CrmFailure): CrmResult<T> {
  return { ok: false, failure };
}
