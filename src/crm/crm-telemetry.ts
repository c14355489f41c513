import { Logger } from '@nestjs/common';
import type { CrmFailureKind } from './crm.port.js';

/** One finished attempt to call the CRM. Holds no message text and no personal data. */
export interface CrmCall {
  readonly operation: string;
  readonly locationId: string | null;
  /** HTTP status; null when no reply came. */
  readonly status: number | null;
  readonly durationMs: number;
  readonly failure: CrmFailureKind | null;
}

/** Implemented by whoever counts calls. */
export interface CrmObserver {
  recordCrmCall(call: CrmCall): void;
  recordFieldCacheRead(hit: boolean): void;
}

/** Writes the log line of each call and tells the observers; knows nothing of metrics itself. */
export class CrmTelemetry {
  private readonly observers = new Set<CrmObserver>();

  constructor(private readonly logger: Pick<Logger, 'log' | 'warn'> = new Logger('Crm')) {}

  addObserver(observer: CrmObserver): void {
    this.observers.add(observer);
  }

  callFinished(call: CrmCall): void {
    const line = logLine(call);
    if (call.failure === null) this.logger.log(line);
    else this.logger.warn(line);
    for (const observer of this.observers) observer.recordCrmCall(call);
  }

  fieldCacheRead(hit: boolean): void {
    for (const observer of this.observers) observer.recordFieldCacheRead(hit);
  }

  /** The CRM answered 2xx to a field write, but the contact it sent back lacks the fields. */
  fieldsNotConfirmed(locationId: string, count: number): void {
    this.logger.warn({ event: 'crm.fields_not_confirmed', location_id: locationId, count });
  }
}

/** The logger adds the ids of the effect under way and of the delivery that it goes back to. */
function logLine(call: CrmCall): Record<string, unknown> {
  return {
    event: 'crm.call',
    operation: call.operation,
    status: call.status,
    duration_ms: Math.round(call.durationMs),
    location_id: call.locationId,
    ...(call.failure === null ? {} : { failure: call.failure }),
  };
}
