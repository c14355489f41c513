import {
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import type { Response } from 'express';
import { tap, type Observable } from 'rxjs';
import { recordReply, type HandledDelivery, type MeasuredRequest } from './request-telemetry.js';
import { Telemetry } from './telemetry.js';

/**
 * Counts what a controller handled. Every route is under it exactly once; what is refused before it
 * gets to a controller is counted by the middleware.
 */
@Injectable()
export class TelemetryInterceptor implements NestInterceptor {
  constructor(private readonly telemetry: Telemetry) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<MeasuredRequest>();
    this.countRequest(request, http.getResponse<Response>());
    return next.handle().pipe(
      tap(() => {
        if (request.handled !== undefined) this.countDelivery(request.handled);
      }),
    );
  }

  /** A caller who hung up before a guard had let him pass is counted already: no second `close` will come. */
  private countRequest({ arrivedAtMs, route }: MeasuredRequest, response: Response): void {
    if (arrivedAtMs === undefined) this.telemetry.recordProbe((route as { path: string }).path);
    else response.once('close', () => recordReply(this.telemetry, arrivedAtMs, response));
  }

  private countDelivery(handled: HandledDelivery): void {
    switch (handled.status) {
      case 'processed':
        return this.telemetry.recordLeadResponse(handled.respondedAfterMs);
      case 'duplicate':
        return this.telemetry.duplicateWebhook();
      case 'failed':
        return this.telemetry.decidingFailed();
      case 'acknowledged':
    }
  }
}
