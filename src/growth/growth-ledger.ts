export const GROWTH_METRICS = [
  'feature_flag_evaluations_total',
  'feature_flag_enabled_total',
  'feature_flag_blocked_total',
  'growth_feature_events_total',
] as const;
export type GrowthMetric = (typeof GROWTH_METRICS)[number];

export interface GrowthIncrement {
  readonly metric: GrowthMetric;
  readonly key: string;
  readonly value: number;
}

/**
 * What one decision adds to the growth counters. The caller commits it in the same transaction as
 * the decision, so that the counters never say more or less than the stored decisions do.
 * A preview hands in one of its own and throws it away.
 */
export class GrowthLedger {
  readonly #counts = new Map<GrowthMetric, Map<string, number>>();

  add(metric: GrowthMetric, key: string, value = 1): void {
    let counts = this.#counts.get(metric);
    if (counts === undefined) {
      counts = new Map();
      this.#counts.set(metric, counts);
    }
    counts.set(key, (counts.get(key) ?? 0) + value);
  }

  countEvent(feature: string, event: string): void {
    this.add('growth_feature_events_total', `${feature}:${event}`);
  }

  value(metric: GrowthMetric, key: string): number {
    return this.#counts.get(metric)?.get(key) ?? 0;
  }

  /** Event keys in the order in which they were first counted. */
  events(): readonly string[] {
    return [...(this.#counts.get('growth_feature_events_total')?.keys() ?? [])];
  }

  toIncrements(): readonly GrowthIncrement[] {
    return [...this.#counts].flatMap(([metric, counts]) =>
      [...counts].map(([key, value]) => ({ metric, key, value })),
    );
  }
}

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

/** What events of a feature add beside a run of the gate. */
export function incrementsOf(
  feature: string,
  events: readonly string[],
): readonly GrowthIncrement[] {
  const ledger = new GrowthLedger();
  for (const event of events) ledger.countEvent(feature, event);
  return ledger.toIncrements();
}
