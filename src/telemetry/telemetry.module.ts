import { Global, Module } from '@nestjs/common';
import { CrmObservation } from './crm-observation.js';
import { Telemetry } from './telemetry.js';

/** Global: everything may count. Needs `Clock`, `CrmTelemetry` and `Database` from other global modules. */
@Global()
@Module({
  providers: [Telemetry, CrmObservation],
  exports: [Telemetry],
})
export class TelemetryModule {}
