import { createHmac } from 'node:crypto';
import { isSameSecret } from '../../shared/same-secret.js';
import type { SignatureScheme, SignatureVerdict, SignedRequest } from './signature-scheme.js';
import { SIGNATURE_HEADER, singleHeader } from './single-header.js';

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
    const matches = this.secrets.filter((secret) =>
      isSameSecret(
        digest.toLowerCase(),
        createHmac('sha256', secret).update(rawBody).digest('hex'),
      ),
    );
    return matches.length > 0 ? 'valid' : 'invalid';
  }
}
