import type { LocationSettings } from '../settings/location-settings.js';

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
