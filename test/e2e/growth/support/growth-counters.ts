import type { TestApp } from '../../../support/test-app.js';

const METRICS = [
  'feature_flag_evaluations_total',
  'feature_flag_enabled_total',
  'feature_flag_blocked_total',
  'growth_feature_events_total',
] as const;

/** The four durable maps of `GET /metrics`. */
export type GrowthCounterMaps = Readonly<
  Record<(typeof METRICS)[number], Readonly<Record<string, number>>>
>;

export async function readGrowthCounters({
  http,
}: Pick<TestApp, 'http'>): Promise<GrowthCounterMaps> {
  const { body } = await http.get('/metrics').expect(200);
  const { counters } = (body as { runtime_metrics: { counters: GrowthCounterMaps } })
    .runtime_metrics;
  return mapsOf((metric) => counters[metric]);
}

/** What was added while the work was done; counters that did not move are left out. */
export async function countedDuring(
  app: Pick<TestApp, 'http'>,
  work: () => Promise<unknown>,
): Promise<GrowthCounterMaps> {
  const before = await readGrowthCounters(app);
  await work();
  const after = await readGrowthCounters(app);
  return mapsOf((metric) => increase(before[metric], after[metric]));
}

function increase(
  before: Readonly<Record<string, number>>,
  after: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  const moved = Object.entries(after).map(([key, value]) => [key, value - (before[key] ?? 0)]);
  return Object.fromEntries(moved.filter(([, value]) => value !== 0)) as Record<string, number>;
}

function mapsOf(
  read: (metric: (typeof METRICS)[number]) => Readonly<Record<string, number>>,
): GrowthCounterMaps {
  return Object.fromEntries(
    METRICS.map((metric) => [metric, read(metric)]),
  ) as unknown as GrowthCounterMaps;
}
