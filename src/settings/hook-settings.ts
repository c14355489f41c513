import { keptSecret } from '../config/generated-secret.js';
import type { Configuration } from '../config/configuration.js';

/** Where decision hooks go, and with what they are signed. */
export interface HookSettings {
  /** Undefined: no hook is called. */
  readonly url: string | undefined;
  /** Every call carries a signature of each, so that a receiver can change its secret at leisure. */
  readonly secrets: readonly string[];
}

/** File in the data folder that holds the generated secret. */
export const HOOK_SECRET_FILE = 'decision-hook-secret';

/** Makes a secret where a hook has an address and none is configured; a production configuration without one is refused earlier. */
export function hookSettings({
  hook: { url, secrets },
  dataDir,
}: Pick<Configuration, 'hook' | 'dataDir'>): HookSettings {
  const isMissing = url !== undefined && secrets.length === 0;
  return { url, secrets: isMissing ? [keptHookSecret(dataDir)] : secrets };
}

/** 64 hex digits are also base64 of 48 bytes, which is the form and a length that Standard Webhooks asks for. */
export function keptHookSecret(dataDir: string): string {
  return `whsec_${keptSecret(dataDir, HOOK_SECRET_FILE).value}`;
}
