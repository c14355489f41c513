import type { RequestHandler } from 'express';
import type { Telemetry } from './telemetry.js';

const FIRST_SERVER_ERROR = 500;
/**
 * The application's own work. Health checks, scrapes, the docs and the console's files are left out:
 * they are many and fast, and would dilute the latency of what matters.
 */
const MEASURED_PATH = /^\/(?:webhook|analyze-lead|admin)(?:\/|$)/i;

/**
 * Measures a request from its arrival to the end of its reply. A middleware before the body parser,
 * because interceptors see neither guard rejections nor malformed JSON. `close` follows `finish`, and
 * also comes when the caller hung up before the reply: that was work too.
 */
export function requestMeasurementMiddleware(telemetry: Telemetry): RequestHandler {
  return (request, response, next) => {
    if (MEASURED_PATH.test(request.path)) {
      const startedAtMs = performance.now();
      response.once('close', () => {
        telemetry.recordRequest(
          performance.now() - startedAtMs,
          response.statusCode >= FIRST_SERVER_ERROR,
        );
      });
    }
    next();
  };
}
