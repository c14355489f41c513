import type { Delivery, ReadingEvent } from './crm-event.js';

/** By which a stored reading is known: no signature has it, so nobody outside can send one. */
export const READING_SCHEME = 'llm_reading';
export const READING_TYPE = 'llm.reading';
/** A reading is decided once, however often the model was asked: as long as a body may be replayed. */
const CLAIM_SECONDS = 30 * 86_400;

/** What is kept of a reading: dates as ISO text, the time of arrival beside the body. */
type ReadingBody = Omit<ReadingEvent, 'kind' | 'occurredAt' | 'receivedAt'> & {
  readonly occurredAt: string;
};

/** The delivery with which a reading comes in by the door of all events. */
export function readingDelivery(event: ReadingEvent): Delivery {
  const { kind: _kind, receivedAt: _receivedAt, occurredAt, ...said } = event;
  const body: ReadingBody = { ...said, occurredAt: occurredAt.toISOString() };
  return underId(`llm:${event.of}`, JSON.stringify(body), event);
}

/** The same from what was stored; undefined when that is no reading. */
export function storedReading(stored: {
  readonly delivery_id: string;
  readonly body: string;
  readonly received_at: Date;
}): Delivery | undefined {
  try {
    const { occurredAt, ...said } = JSON.parse(stored.body) as ReadingBody;
    const times = { occurredAt: new Date(occurredAt), receivedAt: stored.received_at };
    return underId(stored.delivery_id, stored.body, { kind: 'reading', ...said, ...times });
  } catch {
    return undefined;
  }
}

function underId(deliveryId: string, body: string, event: ReadingEvent): Delivery {
  return {
    locationId: event.locationId,
    deliveryId,
    claims: [{ id: deliveryId, ttlSeconds: CLAIM_SECONDS }],
    scheme: READING_SCHEME,
    body,
    event,
  };
}
