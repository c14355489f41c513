import { Global, Module } from '@nestjs/common';
import { CrmModule } from '../crm/crm.module.js';
import { CrmObservation, Telemetry } from './telemetry.js';

/** Global: everything may count. */
@Global()
@Module({
  imports: [CrmModule],
  providers: [Telemetry, CrmObservation],
  exports: [Telemetry],
})
export class TelemetryModule {}
