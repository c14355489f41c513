import { setTimeout as delay } from 'node:timers/promises';
import type { ServiceAnswer } from '../client/growthgate-client.js';
import { asRecord, type LooseRecord } from '../../shared/loose-json.js';
import type { CheckedSystem } from './checked-system.js';

/** One promise of the product, held against the running server. Throws a sentence when it is broken. */
export interface Check {
  readonly promise: string;
  verify(system: CheckedSystem): Promise<void>;
}

export function expectThat(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}

/** The body of an answer that must have this status. */
export function expectStatus(answer: ServiceAnswer, status: number): LooseRecord {
  if (answer.kind === 'unanswered') throw new Error(`no answer: ${answer.reason}`);
  const shown = JSON.stringify(answer.body).slice(0, 200);
  expectThat(answer.status === status, `answered ${answer.status} instead of ${status}: ${shown}`);
  return asRecord(answer.body);
}

const POLL_MS = 50;

/** Looks again and again until it is as it should be. */
export async function eventually<Seen>(
  look: () => Promise<Seen>,
  isDone: (seen: Seen) => boolean,
  { withinMs, otherwise }: { readonly withinMs: number; readonly otherwise: string },
): Promise<Seen> {
  for (const giveUpAt = Date.now() + withinMs; ; await delay(POLL_MS)) {
    const seen = await look();
    if (isDone(seen)) return seen;
    if (Date.now() >= giveUpAt) {
      const shown = JSON.stringify(seen).slice(0, 300);
      throw new Error(`${otherwise} within ${withinMs} ms; last seen: ${shown}`);
    }
  }
}

export interface CheckResults {
  readonly passed: number;
  readonly failed: number;
}

/** All checks one after the other, since later ones build on what earlier ones left; one line for each. */
export async function runChecks(
  checks: readonly Check[],
  system: CheckedSystem,
  write: (line: string) => void,
): Promise<CheckResults> {
  let failed = 0;
  for (const check of checks) {
    const startMs = performance.now();
    const fault = await faultOf(check, system);
    const took = `${Math.round(performance.now() - startMs)} ms`;
    if (fault === undefined) write(`ok      ${check.promise} (${took})\n`);
    else
      write(
        `FAILED  ${check.promise} (${took})\n        ${fault.replaceAll('\n', '\n        ')}\n`,
      );
    if (fault !== undefined) failed += 1;
  }
  return { passed: checks.length - failed, failed };
}

async function faultOf(check: Check, system: CheckedSystem): Promise<string | undefined> {
  try {
    await check.verify(system);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
