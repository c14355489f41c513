import { isSameSecret } from '../../shared/same-secret.js';
import type { SignatureScheme, SignatureVerdict, SignedRequest } from './signature-scheme.js';
import { singleHeader } from './single-header.js';

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
