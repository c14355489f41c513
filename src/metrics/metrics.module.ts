import { Module } from '@nestjs/common';
import { HealthModule } from '../health/health.module.js';
import { MetricsController } from './metrics.controller.js';
import { MetricsReadModel } from './metrics.read-model.js';
import { PerformanceReadModel } from './performance.read-model.js';

/** Needs `Configuration`, `RolloutReader`, `Telemetry` and `GrowthCounters` from global modules. */
@Module({
  imports: [HealthModule],
  controllers: [MetricsController],
  providers: [MetricsReadModel, PerformanceReadModel],
})
export class MetricsModule {}
