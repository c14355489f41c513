import { createHmac, randomBytes } from 'node:crypto';

/** What a key may be used for. */
export const SCOPES = ['leads', 'admin:read', 'admin:write'] as const;

/** Of the operator's own key: it may also erase persons. */
export const EVERY_SCOPE = [...SCOPES, 'admin'] as const;
export type Scope = (typeof EVERY_SCOPE)[number];

export interface NewApiKey {
  /** The whole key, shown once. */
  readonly text: string;
  readonly keyId: string;
  readonly hash: string;
}

/** Keeps these hashes apart from any other use of the same function. */
const HASH_CONTEXT = 'growthgate api key v1';
const KEY_PATTERN = /^gg_([0-9a-f]{12})_([A-Za-z0-9_-]{43})$/;

/** `gg_<id>_<secret>`: the id finds the row, the secret (256 random bits) proves the holder. */
export function createApiKey(): NewApiKey {
  const keyId = randomBytes(6).toString('hex');
  const secret = randomBytes(32).toString('base64url');
  return { text: `gg_${keyId}_${secret}`, keyId, hash: hashSecret(secret) };
}

export function parseApiKey(
  text: string,
): { readonly keyId: string; readonly hash: string } | undefined {
  const match = KEY_PATTERN.exec(text);
  if (match?.[1] === undefined || match[2] === undefined) return undefined;
  return { keyId: match[1], hash: hashSecret(match[2]) };
}

function hashSecret(secret: string): string {
  return createHmac('sha256', HASH_CONTEXT).update(secret).digest('hex');
}
