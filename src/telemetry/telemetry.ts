import { Injectable, type OnModuleInit } from '@nestjs/common';
import { CrmTelemetry } from '../crm/crm-connection.js';
import { Clock } from '../shared/clock.js';
import {
  FiveMinuteCompliance,
  LatencyHistogram,
  P95,
  RequestTally,
  RollingWindow,
  type ComplianceSnapshot,
  type WindowSnapshot,
} from './tallies.js';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

/** Counters of this process since it started, in the public words of `GET /metrics`. */
export interface ProcessCounters {
  readonly requests_total: number;
  readonly errors_total: number;
  readonly latency_ms_sum: number;
  readonly latency_ms_count: number;
  readonly latency_ms_p95: number;
  readonly ghl_calls_total: number;
  readonly ghl_calls_failed: number;
  readonly cache_hits: number;
  readonly cache_misses: number;
  readonly signature_failures: number;
  readonly duplicate_webhooks: number;
  readonly five_minute_violations: number;
}

/** Calls of the language model. */
export interface ModelCalls {
  readonly byOutcome: ReadonlyMap<string, number>;
  readonly p95Ms: number;
  readonly costUsd: number;
}

export interface TelemetrySnapshot {
  readonly generatedAt: Date;
  readonly overall: WindowSnapshot;
  readonly windows: {
    readonly '1m': WindowSnapshot;
    readonly '5m': WindowSnapshot;
    readonly '24h': WindowSnapshot;
  };
  readonly counters: ProcessCounters;
  readonly crmCallP95Ms: number;
  readonly compliance: ComplianceSnapshot;
}

/**
 * What this process has seen: counters since its start and three rolling windows. All of it is in
 * memory of constant size and costs about a microsecond a request, so it is called freely on the hot
 * path. Replicas have each their own; what must survive and add up is in `GrowthCounterRepository`.
 */
@Injectable()
export class Telemetry {
  private readonly overall = new RequestTally();
  private readonly windows = {
    '1m': new RollingWindow({ slotMs: 5 * SECOND_MS, slots: 12 }),
    '5m': new RollingWindow({ slotMs: 15 * SECOND_MS, slots: 20 }),
    '24h': new RollingWindow({ slotMs: 10 * MINUTE_MS, slots: 144 }),
  };
  private readonly compliance = new FiveMinuteCompliance();
  private readonly crmLatency = new LatencyHistogram();
  private crmCallsFailed = 0;
  private cacheHits = 0;
  private cacheMisses = 0;
  private signatureFailures = 0;
  private duplicateWebhooks = 0;
  private readonly modelLatency = new LatencyHistogram();
  private readonly modelCallsByOutcome = new Map<string, number>();
  private modelCostUsd = 0;
  private readonly probesByRoute = new Map<string, number>();

  constructor(private readonly clock: Clock) {}

  /** Called once per request, by the interceptor or by the middleware; `failed` means a 5xx reply. */
  recordRequest(durationMs: number, failed: boolean): void {
    this.inEveryTally((tally) => tally.recordRequest(durationMs, failed));
  }

  /** @param route as registered, so that there are only so many */
  recordProbe(route: string): void {
    this.probesByRoute.set(route, (this.probesByRoute.get(route) ?? 0) + 1);
  }

  /** A fault inside deciding whose webhook is still acknowledged: an error that no status code shows. */
  decidingFailed(): void {
    this.inEveryTally((tally) => tally.recordError());
  }

  /** @param elapsedMs from the lead's message to our reply */
  recordLeadResponse(elapsedMs: number): void {
    const inTime = this.compliance.record(elapsedMs, this.clock.now());
    if (!inTime) this.inEveryTally((tally) => tally.recordViolation());
  }

  recordCrmCall(ok: boolean, durationMs: number): void {
    this.crmLatency.record(durationMs);
    if (!ok) this.crmCallsFailed += 1;
  }

  /** @param outcome of a call of the language model: `answer`, `unreadable`, `failed` */
  recordModelCall(
    outcome: string,
    { durationMs, costUsd }: { readonly durationMs: number; readonly costUsd: number },
  ): void {
    this.modelCallsByOutcome.set(outcome, (this.modelCallsByOutcome.get(outcome) ?? 0) + 1);
    this.modelLatency.record(durationMs);
    this.modelCostUsd += costUsd;
  }

  /** Of the language model, since the process started. */
  modelCalls(): ModelCalls {
    return {
      byOutcome: this.modelCallsByOutcome,
      p95Ms: this.modelLatency.percentileMs(P95),
      costUsd: this.modelCostUsd,
    };
  }

  cacheHit(): void {
    this.cacheHits += 1;
  }

  cacheMiss(): void {
    this.cacheMisses += 1;
  }

  signatureFailed(): void {
    this.signatureFailures += 1;
  }

  duplicateWebhook(): void {
    this.duplicateWebhooks += 1;
  }

  /** Health checks and scrapes, by route: many and fast, and so not among the requests. */
  probes(): ReadonlyMap<string, number> {
    return this.probesByRoute;
  }

  /** Since the process started, without merging the windows: cheap enough for an open route. */
  overallSnapshot(): WindowSnapshot {
    return this.overall.snapshot();
  }

  snapshot(): TelemetrySnapshot {
    const generatedAt = this.clock.now();
    const overall = this.overall.snapshot();
    return {
      generatedAt,
      overall,
      windows: {
        '1m': this.windows['1m'].snapshot(generatedAt),
        '5m': this.windows['5m'].snapshot(generatedAt),
        '24h': this.windows['24h'].snapshot(generatedAt),
      },
      counters: this.counters(overall),
      crmCallP95Ms: this.crmLatency.percentileMs(P95),
      compliance: this.compliance.snapshot(generatedAt),
    };
  }

  private counters(overall: WindowSnapshot): ProcessCounters {
    return {
      requests_total: overall.requests_total,
      errors_total: overall.errors_total,
      latency_ms_sum: overall.latency_ms_sum,
      latency_ms_count: overall.latency_ms_count,
      latency_ms_p95: overall.latency_ms_p95,
      ghl_calls_total: this.crmLatency.count,
      ghl_calls_failed: this.crmCallsFailed,
      cache_hits: this.cacheHits,
      cache_misses: this.cacheMisses,
      signature_failures: this.signatureFailures,
      duplicate_webhooks: this.duplicateWebhooks,
      five_minute_violations: overall.five_minute_violations,
    };
  }

  private inEveryTally(record: (tally: RequestTally) => void): void {
    const now = this.clock.now();
    record(this.overall);
    for (const window of Object.values(this.windows)) record(window.tallyAt(now));
  }
}

const HEALTH_PROBE = 'checkHealth';

/** Counts the CRM client's calls and look-ups. */
@Injectable()
export class CrmObservation implements OnModuleInit {
  constructor(
    private readonly crm: CrmTelemetry,
    private readonly telemetry: Telemetry,
  ) {}

  onModuleInit(): void {
    this.crm.addObserver({
      recordCrmCall: ({ operation, failure, durationMs }) => {
        // Health probes would make the success rate one of our own polling.
        if (operation !== HEALTH_PROBE) this.telemetry.recordCrmCall(failure === null, durationMs);
      },
      recordFieldCacheRead: (hit) => (hit ? this.telemetry.cacheHit() : this.telemetry.cacheMiss()),
    });
  }
}
