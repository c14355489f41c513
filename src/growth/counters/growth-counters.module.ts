import { Module } from '@nestjs/common';
import { DecisionCounters } from './decision-counters.js';
import { GrowthCounterRepository } from './growth-counter.repository.js';
import { GrowthCounters } from './growth-counters.js';
import { ObservedSourceRepository } from './observed-source.repository.js';
import { ObservedSources } from './observed-sources.js';

/** The durable counters of the gate. */
@Module({
  providers: [
    GrowthCounterRepository,
    GrowthCounters,
    ObservedSourceRepository,
    ObservedSources,
    DecisionCounters,
  ],
  exports: [DecisionCounters, GrowthCounterRepository, GrowthCounters],
})
export class GrowthCountersModule {}
