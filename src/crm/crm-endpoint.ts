import { randomBytes } from 'node:crypto';

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
