import { Module } from '@nestjs/common';
import { GrowthCounterRepository } from './growth-counter.repository.js';
import { GrowthCounters } from './growth-counters.js';

/** The durable counters of the gate. */
@Module({
  providers: [GrowthCounterRepository, GrowthCounters],
  exports: [GrowthCounterRepository, GrowthCounters],
})
export class GrowthCountersModule {}
