import { Global, Module } from '@nestjs/common';
import { CrmObservation } from './crm-observation.js';
import { GrowthCounterRepository } from './growth-counter.repository.js';
import { GrowthCounters } from './growth-counters.js';
import { Telemetry } from './telemetry.js';

/** Global: everything may count. Needs `Clock`, `CrmTelemetry` and `Database` from other global modules. */
@Global()
@Module({
  providers: [Telemetry, CrmObservation, GrowthCounterRepository, GrowthCounters],
  exports: [Telemetry, GrowthCounterRepository, GrowthCounters],
})
export class TelemetryModule {}
