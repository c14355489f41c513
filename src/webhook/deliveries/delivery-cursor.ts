import { isStorableId } from '../../http/admin/stored-id.js';

/** Where a page of deliveries ended; the order is by all three, newest first. */
export interface DeliveryCursor {
  readonly receivedAt: Date;
  readonly locationId: string;
  readonly deliveryId: string;
}

export function writeCursor({ receivedAt, locationId, deliveryId }: DeliveryCursor): string {
  const parts = [receivedAt.getTime(), locationId, deliveryId];
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** Undefined when the text is no cursor of ours. */
export function readCursor(text: string): DeliveryCursor | undefined {
  const parts = parseJson(Buffer.from(text, 'base64url').toString());
  if (!Array.isArray(parts) || parts.length !== 3) return undefined;
  const [receivedAtMs, locationId, deliveryId]: readonly unknown[] = parts;
  if (!isTime(receivedAtMs) || !isStorableId(locationId) || !isStorableId(deliveryId)) {
    return undefined;
  }
  return { receivedAt: new Date(receivedAtMs), locationId, deliveryId };
}

/** Any time that a delivery can have come at: from 1970 to what fits four digits of a year. */
function isTime(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= Date.UTC(9999, 0);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
