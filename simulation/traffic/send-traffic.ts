import { setTimeout as delay } from 'node:timers/promises';
import type { ServiceAnswer } from '#product/cli/client/growthgate-client.js';
import type { PlannedDelivery } from './plan-traffic.js';

export interface SendingOptions {
  readonly ratePerSecond: number;
  /** Requests under way at most; when the service is slower than the rate, the rate gives way. */
  readonly concurrency: number;
  readonly send: (body: string) => Promise<ServiceAnswer>;
  readonly onAnswer: (answer: ServiceAnswer, delivery: PlannedDelivery) => void;
  /** Ends the sending; what is under way is still awaited. */
  readonly signal: AbortSignal;
  readonly pace?: Pace;
}

/** Time, for tests that must not wait. */
export interface Pace {
  nowMs(): number;
  /** Ends early, without an error, when the signal says so. */
  wait(durationMs: number, signal: AbortSignal): Promise<void>;
}

export const REAL_PACE: Pace = {
  nowMs: () => performance.now(),
  wait: (durationMs, signal) => delay(durationMs, undefined, { signal }).catch(() => undefined),
};

/** Sends at the given rate; two deliveries of one lead are never under way at once, as in a conversation. */
export async function sendTraffic(
  deliveries: readonly PlannedDelivery[],
  options: SendingOptions,
): Promise<void> {
  const { signal, ratePerSecond, concurrency, pace = REAL_PACE } = options;
  const underWay = new Set<Promise<void>>();
  const lastOfLead = new Map<number, Promise<void>>();
  const startMs = pace.nowMs();
  for (const [index, delivery] of deliveries.entries()) {
    const earlyMs = startMs + (index * 1_000) / ratePerSecond - pace.nowMs();
    if (earlyMs > 0) await pace.wait(earlyMs, signal);
    if (underWay.size >= concurrency) await Promise.race(underWay);
    if (signal.aborted) break;
    const sending = sendAfter(lastOfLead.get(delivery.leadIndex), delivery, options);
    const tracked = sending.finally(() => underWay.delete(tracked));
    underWay.add(tracked);
    lastOfLead.set(delivery.leadIndex, tracked);
  }
  await Promise.all(underWay);
}

async function sendAfter(
  previous: Promise<void> | undefined,
  delivery: PlannedDelivery,
  { send, onAnswer }: SendingOptions,
): Promise<void> {
  await previous;
  onAnswer(await send(delivery.body), delivery);
}
