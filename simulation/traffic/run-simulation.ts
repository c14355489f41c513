import type { GrowthGateClient } from '#product/cli/client/growthgate-client.js';
import { findRefusal } from '#product/cli/client/service-sentences.js';
import { CommandFailure } from '#product/cli/command/command-failure.js';
import { settleEffects, type Settlement } from './effect-settlement.js';
import { planTraffic, type TrafficPlan, type TrafficPlanOptions } from './plan-traffic.js';
import type { Progress } from './progress.js';
import { sendTraffic } from './send-traffic.js';
import { countersSince, readServerCounters, type ServerCounters } from './server-counters.js';
import { TrafficTally } from './traffic-tally.js';

export interface SimulationRunOptions extends TrafficPlanOptions {
  readonly ratePerSecond: number;
  readonly concurrency: number;
  /** How long effects that are due are waited for. */
  readonly settleMs: number;
}

export interface SimulationRun {
  readonly options: SimulationRunOptions;
  readonly plan: TrafficPlan;
  readonly counts: TrafficTally;
  readonly sendingMs: number;
  readonly settlement: Settlement;
  /** What the server counted meanwhile, from whomever it came; undefined when `/metrics` is closed. */
  readonly server: ServerCounters | undefined;
  readonly interrupted: boolean;
}

/**
 * Sends a whole run of made-up traffic and waits for its effects. An abort ends each phase early, and
 * what is known so far is returned.
 *
 * @throws {CommandFailure} when the server does not take leads at all
 */
export async function runSimulation(
  options: SimulationRunOptions,
  client: GrowthGateClient,
  progress: Progress,
  signal: AbortSignal,
): Promise<SimulationRun> {
  const refusal = findRefusal(await client.readReadiness(), client.url);
  if (refusal !== undefined) throw new CommandFailure(refusal);
  const plan = planTraffic(options);
  const before = readServerCounters(await client.readMetrics());
  const { counts, sendingMs } = await send(plan, options, { client, progress, signal });
  const after = readServerCounters(await client.readMetrics());
  const settlement = await settle(plan, options, { client, progress, signal });
  const server = before && after ? countersSince(before, after) : undefined;
  return { options, plan, counts, sendingMs, settlement, server, interrupted: signal.aborted };
}

interface Means {
  readonly client: GrowthGateClient;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

async function send(
  { deliveries }: TrafficPlan,
  { ratePerSecond, concurrency }: SimulationRunOptions,
  { client, progress, signal }: Means,
): Promise<Pick<SimulationRun, 'counts' | 'sendingMs'>> {
  const counts = new TrafficTally();
  const startMs = performance.now();
  progress.begin('webhooks', deliveries.length);
  await sendTraffic(deliveries, {
    ratePerSecond,
    concurrency,
    signal,
    send: (body) => client.sendWebhook(body),
    onAnswer: (answer) => {
      counts.record(answer);
      progress.reach(counts.sent);
    },
  });
  progress.end();
  return { counts, sendingMs: performance.now() - startMs };
}

async function settle(
  { leads }: TrafficPlan,
  { settleMs }: SimulationRunOptions,
  { client, progress, signal }: Means,
): Promise<Settlement> {
  progress.begin('leads settled', leads.length);
  const onProgress = (settledLeads: number): void => progress.reach(settledLeads);
  const settlement = await settleEffects(leads, client, { waitMs: settleMs, signal, onProgress });
  progress.end();
  return settlement;
}
