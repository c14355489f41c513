import { createHash, timingSafeEqual } from 'node:crypto';
import type { SignatureScheme, SignatureVerdict, SignedRequest } from './signature-scheme.js';
import { singleHeader } from './single-header.js';

const BEARER = /^bearer +(\S.*)$/i;

/** `Authorization: Bearer <secret>`: all that a CRM workflow can send, since it cannot sign. */
export class WorkflowSecret implements SignatureScheme {
  readonly name = 'workflow';
  private readonly digests: readonly Buffer[];

  constructor(secrets: readonly string[]) {
    this.digests = secrets.filter((secret) => secret.trim() !== '').map(digestOf);
  }

  verify({ headers }: SignedRequest): SignatureVerdict {
    const token = BEARER.exec(singleHeader(headers, 'authorization'))?.[1];
    if (token === undefined || this.digests.length === 0) return 'not_applicable';
    const sent = digestOf(token);
    const matches = this.digests.filter((digest) => timingSafeEqual(digest, sent));
    return matches.length > 0 ? 'valid' : 'invalid';
  }
}

/** Digests are equally long, so the comparison betrays not even the secret's length. */
function digestOf(secret: string): Buffer {
  return createHash('sha256').update(secret.trim()).digest();
}
