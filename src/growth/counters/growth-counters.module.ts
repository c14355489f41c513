import { Global, Module } from '@nestjs/common';
import { GrowthCounterRepository } from './growth-counter.repository.js';
import { GrowthCounters } from './growth-counters.js';

/** Global, because whoever decides counts. */
@Global()
@Module({
  providers: [GrowthCounterRepository, GrowthCounters],
  exports: [GrowthCounterRepository, GrowthCounters],
})
export class GrowthCountersModule {}
