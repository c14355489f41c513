import type { Request, Response } from 'express';
import type { Telemetry } from './telemetry.js';

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
