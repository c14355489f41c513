import { asNumbers, asRecord } from '#product/shared/loose-json.js';
import type { ServiceAnswer } from '#product/cli/client/growthgate-client.js';

/** The server's own numbers as `/metrics` shows them. */
export interface ServerCounters {
  readonly totals: ReadonlyMap<string, number>;
  readonly growthEvents: ReadonlyMap<string, number>;
}

/** Undefined when `/metrics` is closed to us. */
export function readServerCounters(answer: ServiceAnswer): ServerCounters | undefined {
  if (answer.kind !== 'answered' || answer.status !== 200) return undefined;
  const counters = asRecord(asRecord(asRecord(answer.body)['runtime_metrics'])['counters']);
  return {
    totals: asNumbers(counters),
    growthEvents: asNumbers(counters['growth_feature_events_total']),
  };
}

/** What was added between two readings; a restart in between makes the totals smaller. */
export function countersSince(before: ServerCounters, after: ServerCounters): ServerCounters {
  return {
    totals: difference(before.totals, after.totals),
    growthEvents: difference(before.growthEvents, after.growthEvents),
  };
}

function difference(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  return new Map([...after].map(([key, value]) => [key, value - (before.get(key) ?? 0)]));
}
