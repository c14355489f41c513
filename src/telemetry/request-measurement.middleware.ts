import type { NestInterceptor } from '@nestjs/common';
import type { RequestHandler } from 'express';
import { recordReply, type MeasuredRequest } from './measured-request.js';
import type { Telemetry } from './telemetry.js';

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
export function requestMeasurementMiddleware(telemetry: Telemetry): RequestHandler {
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
export const takenRequestInterceptor: NestInterceptor = {
  intercept(context, next) {
    context.switchToHttp().getRequest<MeasuredRequest>().isTaken = true;
    return next.handle();
  },
};
