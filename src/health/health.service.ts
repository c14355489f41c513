import { Injectable } from '@nestjs/common';
import { Clock } from '../shared/clock.js';
import { Telemetry } from '../telemetry/telemetry.js';
import { APP_VERSION } from './app-version.js';
import { HealthChecks } from './health-checks.js';
import type { HealthDto, ReadinessDto } from './health.dto.js';
import { Readiness } from './readiness.js';

/** Puts the documents of the health routes together. */
@Injectable()
export class HealthService {
  constructor(
    private readonly healthChecks: HealthChecks,
    private readonly telemetry: Telemetry,
    private readonly readiness: Readiness,
    private readonly clock: Clock,
  ) {}

  async report(): Promise<HealthDto> {
    const { status, checks } = await this.healthChecks.read();
    const overall = this.telemetry.overallSnapshot();
    return {
      status,
      version: APP_VERSION,
      timestamp: this.clock.now().toISOString(),
      checks,
      performance: {
        avg_response_time_ms: overall.latency_ms_avg,
        p95_response_time_ms: overall.latency_ms_p95,
        five_minute_violations: overall.five_minute_violations,
      },
    };
  }

  async readinessReport(): Promise<ReadinessDto> {
    if (this.readiness.state !== 'ready') return { status: this.readiness.state };
    const database = await this.healthChecks.readDatabase();
    return { status: database.status === 'up' ? 'ready' : 'no_database' };
  }
}
