import { asRecord, isRecord } from '../../shared/loose-json.js';

/** A JSON object as the sender wrote it: nothing about its fields is known yet. */
export type Payload = Readonly<Record<string, unknown>>;

/** The nested object of that name; an empty one when there is none, so that look-ups can be chained. */
export function objectAt(payload: Payload, field: string): Payload {
  return asRecord(payload[field]);
}

/**
 * CRM events are flat, though the CRM's own guide once showed them inside `data`.
 * Both are read alike; what stands outside wins.
 */
export function unwrapEnvelope(payload: Payload): Payload {
  return isRecord(payload['data']) ? { ...payload['data'], ...payload } : payload;
}
