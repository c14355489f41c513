import { Module } from '@nestjs/common';
import { GrowthCountersModule } from '../growth/counters/growth-counters.module.js';
import { HealthModule } from '../health/health.module.js';
import { MetricsController } from './metrics.controller.js';
import { MetricsReadModel } from './metrics.read-model.js';
import { PerformanceReadModel } from './performance.read-model.js';

@Module({
  imports: [GrowthCountersModule, HealthModule],
  controllers: [MetricsController],
  providers: [MetricsReadModel, PerformanceReadModel],
})
export class MetricsModule {}
