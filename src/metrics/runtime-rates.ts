import type { TelemetrySnapshot } from '../telemetry/telemetry.js';

/** Shares derived from the counters, each 0 to 1. */
export interface RuntimeRates {
  readonly avg_response_ms: number;
  readonly ghl_success_rate: number;
  readonly cache_hit_rate: number;
}

export function runtimeRates({ overall, counters }: TelemetrySnapshot): RuntimeRates {
  const {
    ghl_calls_total: calls,
    ghl_calls_failed: failed,
    cache_hits: hits,
    cache_misses: misses,
  } = counters;
  return {
    avg_response_ms: overall.latency_ms_avg,
    // No call is no failure: a fresh server is healthy.
    ghl_success_rate: calls === 0 ? 1 : (calls - failed) / calls,
    cache_hit_rate: hits + misses === 0 ? 0 : hits / (hits + misses),
  };
}
