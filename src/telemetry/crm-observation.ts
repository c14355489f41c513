import { Injectable, type OnModuleInit } from '@nestjs/common';
import { CrmTelemetry } from '../crm/crm-connection.js';
import { Telemetry } from './telemetry.js';

const HEALTH_PROBE = 'checkHealth';

/** Counts the CRM client's calls and look-ups. */
@Injectable()
export class CrmObservation implements OnModuleInit {
  constructor(
    private readonly crm: CrmTelemetry,
    private readonly telemetry: Telemetry,
  ) {}

  onModuleInit(): void {
    this.crm.addObserver({
      recordCrmCall: ({ operation, failure, durationMs }) => {
        // Health probes would make the success rate one of our own polling.
        if (operation !== HEALTH_PROBE) this.telemetry.recordCrmCall(failure === null, durationMs);
      },
      recordFieldCacheRead: (hit) => (hit ? this.telemetry.cacheHit() : this.telemetry.cacheMiss()),
    });
  }
}
