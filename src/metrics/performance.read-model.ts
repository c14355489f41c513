import { Injectable } from '@nestjs/common';
import { HealthChecks } from '../health/health-checks.js';
import { Telemetry, type TelemetrySnapshot } from '../telemetry/telemetry.js';
import type { CurrentPerformanceDto, PerformanceDto } from './performance.dto.js';
import { runtimeRates } from './runtime-rates.js';

/** The document of `GET /performance`: how well leads are answered, at a glance. */
@Injectable()
export class PerformanceReadModel {
  constructor(
    private readonly telemetry: Telemetry,
    private readonly healthChecks: HealthChecks,
  ) {}

  async read(): Promise<PerformanceDto> {
    const { status, checks } = await this.healthChecks.read();
    const snapshot = this.telemetry.snapshot();
    return {
      five_minute_compliance: snapshot.compliance,
      current_performance: currentPerformance(snapshot),
      system_health: {
        status,
        ghl_connected: checks.crm.status === 'up',
        database_connected: checks.database.status === 'up',
        ghl_call_p95_ms: snapshot.crmCallP95Ms,
      },
    };
  }
}

function currentPerformance(snapshot: TelemetrySnapshot): CurrentPerformanceDto {
  const { overall, windows, counters, compliance } = snapshot;
  return {
    avg_response_time_ms: overall.latency_ms_avg,
    p95_response_time_ms: overall.latency_ms_p95,
    total_requests: counters.requests_total,
    total_errors: counters.errors_total,
    compliance_rate: compliance.status === 'no_data' ? 1 : compliance.compliance_rate,
    violations_24h: windows['24h'].five_minute_violations,
    ghl_success_rate: runtimeRates(snapshot).ghl_success_rate,
    webhook_duplicate_count: counters.duplicate_webhooks,
    signature_failures: counters.signature_failures,
    five_minute_violations_5m: windows['5m'].five_minute_violations,
  };
}
