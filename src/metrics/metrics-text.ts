import { Counter, Gauge, Registry, Summary, type RegistryContentType } from 'prom-client';
import { GROWTH_METRICS, type GrowthMetric } from '../growth/growth-ledger.js';
import type { WindowSnapshot } from '../telemetry/tallies.js';
import type { ModelCalls, ProcessCounters } from '../telemetry/telemetry.js';
import type { MetricsDto } from './metrics.dto.js';

const PREFIX = 'growthgate_';
type TextRegistry = Registry<RegistryContentType>;

/** By key of the JSON document: the help text, and the name where the JSON's lacks the suffix `_total`. */
const PROCESS_COUNTERS: readonly (readonly [keyof ProcessCounters, string, string])[] = [
  ['requests_total', 'requests_total', 'Requests to /webhook, /analyze-lead and /admin'],
  ['errors_total', 'errors_total', '5xx replies and faults inside deciding'],
  ['ghl_calls_total', 'ghl_calls_total', 'Calls to the CRM'],
  ['ghl_calls_failed', 'ghl_calls_failed_total', 'Calls to the CRM that failed'],
  ['cache_hits', 'cache_hits_total', 'Look-ups answered from a cache'],
  ['cache_misses', 'cache_misses_total', 'Look-ups not answered from a cache'],
  ['signature_failures', 'signature_failures_total', 'Webhooks without a valid signature'],
  ['duplicate_webhooks', 'duplicate_webhooks_total', 'Webhooks received before'],
  [
    'five_minute_violations',
    'five_minute_violations_total',
    'Leads answered later than five minutes',
  ],
];

const WINDOW_GAUGES: readonly (readonly [keyof WindowSnapshot, string])[] = [
  ['requests_total', 'Requests in the window'],
  ['errors_total', 'Errors in the window'],
  ['latency_ms_sum', 'Milliseconds spent on requests in the window'],
  ['latency_ms_count', 'Requests measured in the window'],
  ['latency_ms_avg', 'Mean latency in the window, milliseconds'],
  ['latency_ms_p95', '95th percentile of the latency in the window, milliseconds'],
  ['five_minute_violations', 'Leads answered later than five minutes in the window'],
];

const GROWTH_HELP: Readonly<Record<GrowthMetric, string>> = {
  feature_flag_evaluations_total: 'Times the gate was asked',
  feature_flag_enabled_total: 'Times the gate said yes',
  feature_flag_blocked_total:
    'Times the gate said no; the reason is empty on the sum over all reasons',
  growth_feature_events_total: 'Events of the growth features',
};
/** The JSON's keys are `feature:<this>`. */
const GROWTH_DETAIL_LABEL: Readonly<Partial<Record<GrowthMetric, 'reason' | 'event'>>> = {
  feature_flag_blocked_total: 'reason',
  growth_feature_events_total: 'event',
};

/** What a process has seen beyond the JSON document. */
export interface ProcessObservations {
  /** By route. */
  readonly probes: ReadonlyMap<string, number>;
  readonly modelCalls: ModelCalls;
}

/**
 * The numbers of the JSON document as text, and beside them the probes and the calls of the language model. The registry lives for one
 * scrape, so nothing can drift apart.
 */
export function renderMetricsText(
  document: MetricsDto,
  { probes, modelCalls }: ProcessObservations,
  contentType: RegistryContentType,
): Promise<string> {
  const registry: TextRegistry = new Registry();
  registry.setContentType(contentType);
  addProcessCounters(registry, document);
  addProbes(registry, probes);
  addModelCalls(registry, modelCalls);
  addWindows(registry, document);
  for (const metric of GROWTH_METRICS) addGrowthCounter(registry, document, metric);
  addCompliance(registry, document);
  addRollout(registry, document);
  return registry.metrics();
}

function addProcessCounters(
  registry: TextRegistry,
  { runtime_metrics: runtime }: MetricsDto,
): void {
  for (const [key, name, help] of PROCESS_COUNTERS) {
    new Counter({ name: PREFIX + name, help, registers: [registry] }).inc(runtime.counters[key]);
  }
  new LatencySummary(registry, runtime.overall);
  const { counters, rates } = runtime;
  addGauge(
    registry,
    'latency_ms_p95',
    '95th percentile of the latency, milliseconds',
    counters.latency_ms_p95,
  );
  addGauge(registry, 'avg_response_ms', 'Mean latency, milliseconds', rates.avg_response_ms);
  addGauge(
    registry,
    'ghl_success_rate',
    'Share of CRM calls that succeeded',
    rates.ghl_success_rate,
  );
  addGauge(
    registry,
    'cache_hit_rate',
    'Share of look-ups answered from a cache',
    rates.cache_hit_rate,
  );
  const isStale = runtime.growth_counters_as_of !== undefined;
  addGauge(
    registry,
    'growth_counters_stale',
    '1 while the growth counters cannot be read',
    Number(isStale),
  );
}

function addProbes(registry: TextRegistry, probes: ReadonlyMap<string, number>): void {
  const counter = new Counter({
    name: `${PREFIX}probes_total`,
    help: 'Health checks and scrapes, which are not among the requests',
    labelNames: ['route'],
    registers: [registry],
  });
  for (const [route, count] of probes) counter.inc({ route }, count);
}

function addModelCalls(registry: TextRegistry, { byOutcome, p95Ms, costUsd }: ModelCalls): void {
  const calls = new Counter({
    name: `${PREFIX}llm_calls_total`,
    help: 'Calls of the language model',
    labelNames: ['outcome'],
    registers: [registry],
  });
  for (const [outcome, count] of byOutcome) calls.inc({ outcome }, count);
  const help = 'What the language model has cost, US dollars, by the prices that are set';
  new Counter({ name: `${PREFIX}llm_cost_usd_total`, help, registers: [registry] }).inc(costUsd);
  addGauge(
    registry,
    'llm_call_ms_p95',
    '95th percentile of the calls of the language model, milliseconds',
    p95Ms,
  );
}

/** prom-client's summary observes values one by one; this one shows a sum and a count that are already known. */
class LatencySummary extends Summary {
  constructor(
    registry: TextRegistry,
    private readonly overall: WindowSnapshot,
  ) {
    super({
      name: `${PREFIX}latency_ms`,
      help: 'Latency of requests, milliseconds',
      registers: [registry],
    });
  }

  override async get(): ReturnType<Summary['get']> {
    const metric = await super.get();
    const values = [
      { metricName: `${metric.name}_sum`, labels: {}, value: this.overall.latency_ms_sum },
      { metricName: `${metric.name}_count`, labels: {}, value: this.overall.latency_ms_count },
    ];
    return { ...metric, values };
  }
}

function addWindows(registry: TextRegistry, { runtime_metrics: runtime }: MetricsDto): void {
  for (const [key, help] of WINDOW_GAUGES) {
    // A gauge, since a window's count falls again; hence no `_total` in its name.
    const name = `${PREFIX}window_${key.replace(/_total$/, '')}`;
    const gauge = new Gauge({ name, help, labelNames: ['window'], registers: [registry] });
    for (const [window, snapshot] of Object.entries(runtime.windows))
      gauge.set({ window }, snapshot[key]);
  }
}

function addGrowthCounter(
  registry: TextRegistry,
  document: MetricsDto,
  metric: GrowthMetric,
): void {
  const detailLabel = GROWTH_DETAIL_LABEL[metric];
  const labelNames = detailLabel === undefined ? ['feature'] : ['feature', detailLabel];
  const counter = new Counter({
    name: PREFIX + metric,
    help: GROWTH_HELP[metric],
    labelNames,
    registers: [registry],
  });
  for (const [key, value] of Object.entries(document.runtime_metrics.counters[metric])) {
    const [feature, detail] = splitOnce(key);
    counter.inc(
      detailLabel === undefined ? { feature: key } : { feature, [detailLabel]: detail },
      value,
    );
  }
}

function splitOnce(key: string): readonly [string, string] {
  const colon = key.indexOf(':');
  return colon === -1 ? [key, ''] : [key.slice(0, colon), key.slice(colon + 1)];
}

function addCompliance(
  registry: TextRegistry,
  { five_minute_compliance: compliance }: MetricsDto,
): void {
  if (compliance.status === 'no_data') return;
  addGauge(registry, 'lead_responses', 'Leads answered', compliance.total_responses);
  addGauge(
    registry,
    'compliance_rate',
    'Share of leads answered within five minutes',
    compliance.compliance_rate,
  );
  addGauge(registry, 'target_compliance', 'The share aimed at', compliance.target_compliance);
  addGauge(
    registry,
    'avg_lead_response_ms',
    'Mean time to an answer, milliseconds',
    compliance.avg_response_time,
  );
}

function addRollout(registry: TextRegistry, { growth_rollout: rollout }: MetricsDto): void {
  addGauge(registry, 'rollout_version', 'Version of the rollout in force', rollout.version);
  addGauge(
    registry,
    'rollout_canary_mode',
    '1 while only canary sources pass',
    Number(rollout.canary_mode_enabled),
  );
  const flags = new Gauge({
    name: `${PREFIX}rollout_flag`,
    help: '1 while the growth feature is on',
    labelNames: ['feature'],
    registers: [registry],
  });
  for (const [feature, enabled] of Object.entries(rollout.flags))
    flags.set({ feature }, Number(enabled));
  const toggles = new Gauge({
    name: `${PREFIX}rollout_writeback`,
    help: '1 while the CRM is written to',
    labelNames: ['toggle'],
    registers: [registry],
  });
  for (const [toggle, enabled] of Object.entries(rollout.writeback_toggles))
    toggles.set({ toggle }, Number(enabled));
}

function addGauge(registry: TextRegistry, name: string, help: string, value: number): void {
  new Gauge({ name: PREFIX + name, help, registers: [registry] }).set(value);
}
