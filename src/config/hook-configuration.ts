import type { EnvironmentReader } from './environment-reader.js';
import { judgeSecrets } from './secret-strength.js';

/** Where the operator's own system wants to hear of outcomes. */
export interface HookConfiguration {
  /** Unset: no hook is called. */
  readonly url: string | undefined;
  /** `whsec_…`, all in use at once; empty outside production means "use the generated one". */
  readonly secrets: readonly string[];
}

const SECRET_PREFIX = 'whsec_';
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
/** Standard Webhooks: bytes of a symmetric secret. */
const MIN_SECRET_BYTES = 24;
const MAX_SECRET_BYTES = 64;

export function readHookConfiguration(
  reader: Pick<EnvironmentReader, 'url' | 'list' | 'reject' | 'warn'>,
  production: boolean,
): HookConfiguration {
  const url = reader.url('DECISION_HOOK_URL', ['http:', 'https:']);
  const secrets = reader.list('DECISION_HOOK_SECRET');
  if (!secrets.every(isHookSecret)) {
    reader.reject(
      'DECISION_HOOK_SECRET',
      `must be ${SECRET_PREFIX} and base64 of ${MIN_SECRET_BYTES} to ${MAX_SECRET_BYTES} random bytes`,
    );
  } else {
    const keys = secrets.map((secret) => secret.slice(SECRET_PREFIX.length));
    judgeSecrets(reader, production, 'DECISION_HOOK_SECRET', keys);
  }
  if (production && url !== undefined && secrets.length === 0) {
    reader.reject(
      'DECISION_HOOK_SECRET',
      'is required in production when DECISION_HOOK_URL is set',
    );
  }
  return { url, secrets };
}

export function isHookSecret(secret: string): boolean {
  if (!secret.startsWith(SECRET_PREFIX)) return false;
  const key = secret.slice(SECRET_PREFIX.length);
  const { length } = Buffer.from(key, 'base64');
  return BASE64.test(key) && length >= MIN_SECRET_BYTES && length <= MAX_SECRET_BYTES;
}
