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
