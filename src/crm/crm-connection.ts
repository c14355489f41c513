import { randomBytes } from 'node:crypto';
import { Logger } from '@nestjs/common';
import type { LocationSettings } from '../settings/location-settings.js';
import type { CrmFailureKind } from './crm.port.js';

/** Where the CRM is, with which token it is called, and who hears of each call. */

export const LIVE_CRM_URL = 'https://services.leadconnectorhq.com';

/** `live`: HighLevel itself; `custom`: a base URL from the configuration; `sandbox`: the built-in one. */
export type CrmEndpointMode = 'sandbox' | 'live' | 'custom';

/** Where the CRM is, for the client, the health report and the start line. */
export class CrmEndpoint {
  constructor(
    readonly url: string,
    readonly mode: CrmEndpointMode,
  ) {}

  get isLoopback(): boolean {
    return isLoopbackHost(new URL(this.url).hostname);
  }
}

export interface CrmEndpointOptions {
  readonly baseUrl?: string | undefined;
  readonly accessToken?: string | undefined;
  readonly production: boolean;
}

/** Decided before anything is started: the built-in sandbox has no URL yet. */
export type CrmEndpointPlan =
  | { readonly mode: 'live' | 'custom'; readonly url: string; readonly accessToken?: string }
  | { readonly mode: 'sandbox'; readonly accessToken: string };

/**
 * A configured base URL wins, then a token means the real CRM, and with neither the sandbox is used.
 * A loopback URL without a token is somebody's own test double: it is given a made-up token. Any
 * other URL without a token stays without one, and calls to it end as `no_credentials`.
 */
export function planCrmEndpoint(options: CrmEndpointOptions): CrmEndpointPlan {
  const { baseUrl, accessToken, production } = options;
  if (baseUrl !== undefined) {
    const token = accessToken ?? (production ? undefined : tokenForLoopback(baseUrl));
    return {
      mode: 'custom',
      url: withoutTrailingSlash(baseUrl),
      ...(token === undefined ? {} : { accessToken: token }),
    };
  }
  if (accessToken !== undefined) return { mode: 'live', url: LIVE_CRM_URL, accessToken };
  if (production) {
    throw new Error('GHL_ACCESS_TOKEN is not set: the built-in CRM sandbox is not for production.');
  }
  return { mode: 'sandbox', accessToken: randomToken() };
}

function tokenForLoopback(url: string): string | undefined {
  return isLoopbackHost(new URL(url).hostname) ? randomToken() : undefined;
}

function isLoopbackHost(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

function randomToken(): string {
  return `sandbox-${randomBytes(24).toString('base64url')}`;
}

function withoutTrailingSlash(url: string): string {
  return url.replace(/\/+$/, '');
}

export interface CrmCredentialsOptions {
  /** A token that nobody configured, for every location: of the sandbox, or of somebody's own test double. */
  readonly madeUp?: string;
  /** The sandbox reads the location from the token. */
  readonly sandbox: boolean;
  /** Where a call belongs to no location (the health check), it is made for this one. */
  readonly locationId?: string;
}

/** Which token serves which location: what the location has set, unless one was made up. */
export class CrmCredentials {
  constructor(
    private readonly settings: Pick<LocationSettings, 'of'>,
    private readonly options: CrmCredentialsOptions,
  ) {}

  get configuredLocationId(): string | undefined {
    return this.options.locationId;
  }

  async find(locationId: string): Promise<string | undefined> {
    const { madeUp, sandbox } = this.options;
    if (madeUp === undefined) return (await this.settings.of(locationId)).crmToken;
    return sandbox ? sandboxToken(madeUp, locationId) : madeUp;
  }

  /** Whatever token there is, for calls that belong to no location. */
  async findAny(): Promise<string | undefined> {
    const { madeUp, locationId = '' } = this.options;
    return madeUp ?? (await this.settings.of(locationId)).crmToken;
  }
}

/**
 * A real token belongs to one location, and the CRM counts calls per location by it. The sandbox
 * reads the location back from this suffix, so that it can do the same.
 */
export function sandboxToken(secret: string, locationId: string): string {
  return `${secret}.${Buffer.from(locationId, 'utf8').toString('base64url')}`;
}

/** The location of a sandbox token: null for the bare secret, undefined for anything else. */
export function readSandboxToken(secret: string, token: string): string | null | undefined {
  if (token === secret) return null;
  if (!token.startsWith(`${secret}.`)) return undefined;
  return Buffer.from(token.slice(secret.length + 1), 'base64url').toString('utf8');
}

/** One finished attempt to call the CRM. Holds no message text and no personal data. */
export interface CrmCall {
  readonly operation: string;
  readonly locationId: string | null;
  /** HTTP status; null when no reply came. */
  readonly status: number | null;
  readonly durationMs: number;
  readonly failure: CrmFailureKind | null;
}

/** Implemented by whoever counts calls. */
export interface CrmObserver {
  recordCrmCall(call: CrmCall): void;
  recordFieldCacheRead(hit: boolean): void;
}

/** Writes the log line of each call and tells the observers; knows nothing of metrics itself. */
export class CrmTelemetry {
  private readonly observers = new Set<CrmObserver>();

  constructor(private readonly logger: Pick<Logger, 'log' | 'warn'> = new Logger('Crm')) {}

  addObserver(observer: CrmObserver): void {
    this.observers.add(observer);
  }

  callFinished(call: CrmCall): void {
    const line = logLine(call);
    if (call.failure === null) this.logger.log(line);
    else this.logger.warn(line);
    for (const observer of this.observers) observer.recordCrmCall(call);
  }

  fieldCacheRead(hit: boolean): void {
    for (const observer of this.observers) observer.recordFieldCacheRead(hit);
  }

  /** The CRM answered 2xx to a field write, but the contact it sent back lacks the fields. */
  fieldsNotConfirmed(locationId: string, count: number): void {
    this.logger.warn({ event: 'crm.fields_not_confirmed', location_id: locationId, count });
  }
}

/** The logger adds the ids of the effect under way and of the delivery that it goes back to. */
function logLine(call: CrmCall): Record<string, unknown> {
  return {
    event: 'crm.call',
    operation: call.operation,
    status: call.status,
    duration_ms: Math.round(call.durationMs),
    location_id: call.locationId,
    ...(call.failure === null ? {} : { failure: call.failure }),
  };
}
