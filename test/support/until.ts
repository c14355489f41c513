import { setTimeout as delay } from 'node:timers/promises';

/**
 * Far above what a machine with ten times its work needs: it only ends a wait that is in vain, and
 * says for what. Jest's own limit, which cannot say that, is above it.
 */
export const CEILING_MS = 300_000;
const POLL_MS = 10;

/** Looks again and again until `condition` holds. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const giveUpAtMs = performance.now() + CEILING_MS;
  while (!(await condition())) {
    if (performance.now() > giveUpAtMs) throw new Error(`Waited in vain for ${String(condition)}`);
    await delay(POLL_MS);
  }
}
