import { Injectable } from '@nestjs/common';
import { GrowthCounters } from '../growth/counters/growth-counters.js';
import { Telemetry } from '../telemetry/telemetry.js';
import type { MetricsDto } from './metrics.dto.js';
import { RolloutReader } from '../growth/rollout/rollout-reader.js';
import { runtimeRates } from './runtime-rates.js';

/** The document of `GET /metrics`, from which the text formats are made as well. */
@Injectable()
export class MetricsReadModel {
  constructor(
    private readonly telemetry: Telemetry,
    private readonly growthCounters: GrowthCounters,
    private readonly rollout: RolloutReader,
  ) {}

  async read(): Promise<MetricsDto> {
    const growth = await this.growthCounters.read();
    const snapshot = this.telemetry.snapshot();
    return {
      runtime_metrics: {
        generated_at: snapshot.generatedAt.toISOString(),
        overall: snapshot.overall,
        windows: snapshot.windows,
        counters: { ...snapshot.counters, ...growth.counts },
        rates: runtimeRates(snapshot),
        ...(growth.stale ? { growth_counters_as_of: growth.readAt?.toISOString() ?? null } : {}),
      },
      five_minute_compliance: snapshot.compliance,
      growth_rollout: this.rollout.read(),
    };
  }
}
