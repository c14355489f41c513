import type { EnvironmentReader } from './environment-reader.js';

/** The contract's figures: what is shorter, or made of fewer characters, is guessed sooner or later. */
const MIN_LENGTH = 16;
const MIN_DIFFERENT_CHARACTERS = 6;

const MEND = '`openssl rand -hex 32` makes a good one';
const LIST_MEND = '; a list is split at commas, so no secret may hold one';

/** Undefined when the secret is strong enough. */
export function weaknessOf(secret: string): string | undefined {
  if (secret.length < MIN_LENGTH) return `has fewer than ${MIN_LENGTH} characters`;
  if (new Set(secret).size < MIN_DIFFERENT_CHARACTERS)
    return `is made of fewer than ${MIN_DIFFERENT_CHARACTERS} different characters`;
  return undefined;
}

/** Weak secrets stop the start in production and are warned of elsewhere; their values are never shown. */
export function judgeSecrets(
  reader: Pick<EnvironmentReader, 'reject' | 'warn'>,
  production: boolean,
  name: string,
  secrets: readonly string[],
): void {
  const isList = secrets.length > 1;
  for (const [index, secret] of secrets.entries()) {
    const weakness = weaknessOf(secret);
    if (weakness === undefined) continue;
    const fault = `${isList ? `part ${index + 1} ` : ''}${weakness}: ${MEND}${isList ? LIST_MEND : ''}`;
    if (production) reader.reject(name, fault);
    else reader.warn(name, fault);
  }
}
