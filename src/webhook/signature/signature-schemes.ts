import { createHmac, timingSafeEqual } from 'node:crypto';
import { isSameSecret } from '../../shared/same-secret.js';
import type { IncomingHttpHeaders } from 'node:http';

/** What proved a webhook's sender; `unverified` only where the mode is `warn`. */
export type WebhookScheme = 'hmac' | 'ed25519' | 'workflow' | 'unverified';

export interface SignedRequest {
  readonly rawBody: Buffer;
  readonly headers: IncomingHttpHeaders;
}

/** `not_applicable`: the request carries no proof of this kind, or this kind is not configured. */
export type SignatureVerdict = 'valid' | 'invalid' | 'not_applicable';

/** One way of proving who sent a webhook. Never throws, whatever the headers hold. */
export interface SignatureScheme {
  readonly name: Exclude<WebhookScheme, 'unverified'>;
  verify(request: SignedRequest): SignatureVerdict | Promise<SignatureVerdict>;
}

/** Also the injection token; the values come from the configuration. */
export abstract class SignatureOptions {
  /** HMAC secrets; each is accepted, so that they can be rotated. */
  abstract readonly secrets: readonly string[];
  /** Ed25519 keys; empty means HighLevel's published one. */
  abstract readonly publicKeys: readonly string[];
  /** Our marketplace app, the only one whose events are ours. */
  abstract readonly appId?: string | undefined;
  abstract readonly workflowSecrets: readonly string[];
  /** `warn` counts failures and lets them through; never in production. */
  abstract readonly mode: 'enforce' | 'warn';
  abstract readonly production: boolean;
}

/**
 * The header's value where it was sent once; empty otherwise. Repeated headers reach us as an array
 * or joined by a comma; the first is dropped here, the second matches no signature's form.
 */
export function singleHeader(headers: IncomingHttpHeaders, name: string): string {
  const value = headers[name];
  return typeof value === 'string' ? value.trim() : '';
}

/** The header that HMAC and Ed25519 share; their forms cannot be mistaken for each other. */
export const SIGNATURE_HEADER = 'x-ghl-signature';

const HEX_DIGEST = /^(?:sha256=)?([0-9a-f]{64})$/i;

/** `X-GHL-Signature: [sha256=]<64 hex digits>`, HMAC-SHA256 of the raw body under a shared secret. */
export class HmacSignature implements SignatureScheme {
  readonly name = 'hmac';
  private readonly secrets: readonly string[];

  constructor(secrets: readonly string[]) {
    // Anybody can sign with a blank secret.
    this.secrets = secrets.filter((secret) => secret.trim() !== '');
  }

  verify({ rawBody, headers }: SignedRequest): SignatureVerdict {
    const digest = HEX_DIGEST.exec(singleHeader(headers, SIGNATURE_HEADER))?.[1];
    if (digest === undefined || this.secrets.length === 0) return 'not_applicable';
    const sent = Buffer.from(digest, 'hex');
    const matches = this.secrets.filter((secret) =>
      timingSafeEqual(createHmac('sha256', secret).update(rawBody).digest(), sent),
    );
    return matches.length > 0 ? 'valid' : 'invalid';
  }
}

const BEARER = /^bearer +(\S.*)$/i;

/** `Authorization: Bearer <secret>`: all that a CRM workflow can send, since it cannot sign. */
export class WorkflowSecret implements SignatureScheme {
  readonly name = 'workflow';
  private readonly secrets: readonly string[];

  constructor(secrets: readonly string[]) {
    this.secrets = secrets.map((secret) => secret.trim()).filter((secret) => secret !== '');
  }

  verify({ headers }: SignedRequest): SignatureVerdict {
    const token = BEARER.exec(singleHeader(headers, 'authorization'))?.[1];
    if (token === undefined || this.secrets.length === 0) return 'not_applicable';
    const matches = this.secrets.filter((secret) => isSameSecret(token.trim(), secret));
    return matches.length > 0 ? 'valid' : 'invalid';
  }
}
