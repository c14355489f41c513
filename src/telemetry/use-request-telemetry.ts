import type { INestApplication } from '@nestjs/common';
import { correlationIdMiddleware } from './correlation-id.middleware.js';
import {
  requestMeasurementMiddleware,
  takenRequestInterceptor,
} from './request-measurement.middleware.js';
import { Telemetry } from './telemetry.js';

/**
 * Called by `createApp` before `app.init()`: only then do these run ahead of Nest's body parser, and
 * so also for a body that does not parse. Middleware of a module would come after it.
 */
export function useRequestTelemetry(app: INestApplication): void {
  app.use(correlationIdMiddleware);
  app.use(requestMeasurementMiddleware(app.get(Telemetry)));
  app.useGlobalInterceptors(takenRequestInterceptor);
}
