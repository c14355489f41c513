import type { GrowthIncrement, GrowthMetric } from '../growth-ledger.js';

/** The durable maps of `GET /metrics`. */
export type GrowthCounts = Readonly<Record<GrowthMetric, Readonly<Record<string, number>>>>;

/** Every map is present, empty until its metric is first used. */
export function groupByMetric(rows: readonly GrowthIncrement[]): GrowthCounts {
  const mapOf = (metric: GrowthMetric): Record<string, number> =>
    Object.fromEntries(
      rows.filter((row) => row.metric === metric).map(({ key, value }) => [key, value]),
    );
  return {
    feature_flag_evaluations_total: mapOf('feature_flag_evaluations_total'),
    feature_flag_enabled_total: mapOf('feature_flag_enabled_total'),
    feature_flag_blocked_total: mapOf('feature_flag_blocked_total'),
    growth_feature_events_total: mapOf('growth_feature_events_total'),
  };
}
