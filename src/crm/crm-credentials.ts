export interface CrmCredentialsOptions {
  readonly accessToken?: string;
  /** The only location that `accessToken` serves; unset means that it serves all. */
  readonly locationId?: string;
  /** The sandbox knows every location. */
  readonly sandbox: boolean;
}

/** Which token serves which location. The only place that knows a token. */
export class CrmCredentials {
  constructor(private readonly options: CrmCredentialsOptions) {}

  /** Location the configuration names, used where a call belongs to none (the health check). */
  get configuredLocationId(): string | undefined {
    return this.options.locationId;
  }

  find(locationId: string): string | undefined {
    const { accessToken, locationId: served, sandbox } = this.options;
    if (accessToken === undefined) return undefined;
    if (sandbox) return sandboxToken(accessToken, locationId);
    return served === undefined || served === locationId ? accessToken : undefined;
  }

  /** Whatever token there is, for calls that belong to no location. */
  findAny(): string | undefined {
    return this.options.accessToken;
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
