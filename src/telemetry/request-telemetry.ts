import { randomUUID } from 'node:crypto';
import type { INestApplication, NestInterceptor } from '@nestjs/common';
import type { Request, RequestHandler, Response } from 'express';
import { runInRequestContext } from './structured-logger.js';
import { Telemetry } from './telemetry.js';

const FIRST_SERVER_ERROR = 500;

/** What became of a delivery, of which neither status nor reply tells enough to count it. */
export type HandledDelivery =
  /** `respondedAfterMs` is from the lead's message to our reply. */
  | { readonly status: 'processed'; readonly respondedAfterMs: number }
  | { readonly status: 'acknowledged' | 'duplicate' | 'failed' };

/** A request as telemetry sees it; each part is set by whoever knows it first. */
export interface MeasuredRequest extends Request {
  /** Of `performance.now()`. Only with requests whose latency counts. */
  arrivedAtMs?: number;
  /** The guards let it pass to a controller: counting it is from now on the controller's affair. */
  isTaken?: boolean;
  /** Set by the webhook's controller. */
  handled?: HandledDelivery;
}

/** Called when the connection is done with the reply, so that sending it is measured too. */
export function recordReply(telemetry: Telemetry, arrivedAtMs: number, response: Response): void {
  telemetry.recordRequest(
    performance.now() - arrivedAtMs,
    response.statusCode >= FIRST_SERVER_ERROR,
  );
}

const CORRELATION_ID_HEADER = 'x-request-id';
/** Ids are written to logs and headers: nothing that could break a line or fill a disk. */
const SANE_ID = /^[\w.:-]{1,128}$/;

/** Gives the request an id, the caller's own when it is sane, and echoes it in the reply. */
const correlationIdMiddleware: RequestHandler = (request, response, next) => {
  const offered = request.headers[CORRELATION_ID_HEADER];
  const correlationId =
    typeof offered === 'string' && SANE_ID.test(offered) ? offered : randomUUID();
  response.setHeader(CORRELATION_ID_HEADER, correlationId);
  runInRequestContext({ correlationId }, next);
};

/**
 * The application's own work. Health checks, scrapes, the docs and the console's files are left out:
 * they are many and fast, and would dilute the latency of what matters.
 */
const MEASURED_PATH = /^\/(?:webhook|analyze-lead|admin)(?:\/|$)/i;

/**
 * Notes when a request arrived, before its body is read, and counts it if it never gets to a
 * controller, where no interceptor can see it: refused by a guard, a body that does not parse, no such
 * route, a caller who hung up meanwhile. `close` follows `finish`, and also comes for the latter.
 */
function requestMeasurementMiddleware(telemetry: Telemetry): RequestHandler {
  return (request: MeasuredRequest, response, next) => {
    if (MEASURED_PATH.test(request.path)) {
      const arrivedAtMs = performance.now();
      request.arrivedAtMs = arrivedAtMs;
      response.once('close', () => {
        if (request.isTaken !== true) recordReply(telemetry, arrivedAtMs, response);
      });
    }
    next();
  };
}

/**
 * In front of every controller, whether or not it carries the telemetry's interceptor: so a request
 * that nobody counts is not taken for one that was refused.
 */
const takenRequestInterceptor: NestInterceptor = {
  intercept(context, next) {
    context.switchToHttp().getRequest<MeasuredRequest>().isTaken = true;
    return next.handle();
  },
};

/**
 * Called by `createApp` before `app.init()`: only then do these run ahead of Nest's body parser, and
 * so also for a body that does not parse. Middleware of a module would come after it.
 */
export function useRequestTelemetry(app: INestApplication): void {
  app.use(correlationIdMiddleware);
  app.use(requestMeasurementMiddleware(app.get(Telemetry)));
  app.useGlobalInterceptors(takenRequestInterceptor);
}
