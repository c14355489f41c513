import type { GrowthGateClient } from '../client/growthgate-client.js';
import { eventually, expectStatus, expectThat, type Check } from './check.js';
import type { CheckedSystem } from './checked-system.js';
import { HOT_TEXT, leadBody } from './lead-body.js';

export const SURVIVAL_CHECKS: readonly Check[] = [
  { promise: 'loses nothing when it is killed (SIGKILL) and started again', verify: survivesKill },
  { promise: 'ends with exit code 0 on SIGTERM', verify: endsCleanly },
];

const LEADS = 40;
const SENDERS = 8;
const KILLED_AFTER = 16;
/** A message that was on its way at the moment of the kill is looked up for 15 s before it is sent again. */
const DELIVERED_WITHIN_MS = 120_000;

async function survivesKill(system: CheckedSystem): Promise<void> {
  const names = Array.from({ length: LEADS }, (_, index) => `kill-${index + 1}`);
  const acknowledged = await killWhileSending(names, system);
  await system.start();
  const client = system.connect();
  for (const name of names) {
    const reply = expectStatus(await client.sendWebhook(leadBody(name, HOT_TEXT)), 200);
    const isKnown = reply['status'] === 'duplicate_ignored';
    expectThat(isKnown || !acknowledged.has(name), `${name} was acknowledged and is lost`);
  }
  for (const name of names) {
    await eventually(
      () => system.viewContact(`contact-${name}`),
      ({ fields, sentTexts }) => 'ai_lead_score' in fields && sentTexts.length > 0,
      { withinMs: DELIVERED_WITHIN_MS, otherwise: `the effects of ${name} were not delivered` },
    );
    const { sentTexts } = await system.viewContact(`contact-${name}`);
    expectThat(sentTexts.length === 1, `${name} got ${sentTexts.length} messages instead of 1`);
  }
}

/** Names of the leads whose delivery was acknowledged before the end. */
async function killWhileSending(
  names: readonly string[],
  system: CheckedSystem,
): Promise<ReadonlySet<string>> {
  const acknowledged = new Set<string>();
  const client = system.connect();
  const waiting = [...names];
  let killed: Promise<unknown> | undefined;
  const sendOn = async (): Promise<void> => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      if (await isAcknowledged(name, client)) acknowledged.add(name);
      if (acknowledged.size >= KILLED_AFTER) killed ??= system.end('SIGKILL');
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, sendOn));
  await killed;
  return acknowledged;
}

async function isAcknowledged(name: string, client: GrowthGateClient): Promise<boolean> {
  const answer = await client.sendWebhook(leadBody(name, HOT_TEXT));
  return answer.kind === 'answered' && answer.status === 200;
}

async function endsCleanly(system: CheckedSystem): Promise<void> {
  // A stop that takes longer than the contract's ten seconds is cut short by the server itself, with 1.
  const exitCode = await system.end('SIGTERM');
  expectThat(exitCode === 0, `the exit code is ${exitCode}`);
}
