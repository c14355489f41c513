import { Module } from '@nestjs/common';
import { DecisionCounters } from './decision-counters.js';
import { GrowthCountersModule } from './growth-counters.module.js';
import { ObservedSourceRepository } from './observed-source.repository.js';
import { ObservedSources } from './observed-sources.js';

/** What decisions add to the durable counters. */
@Module({
  imports: [GrowthCountersModule],
  providers: [ObservedSourceRepository, ObservedSources, DecisionCounters],
  exports: [DecisionCounters],
})
export class DecisionCountersModule {}
