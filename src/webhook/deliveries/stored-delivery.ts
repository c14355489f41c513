import type { CrmEvent, Delivery } from '../../leads/crm-event.js';
import { READING_SCHEME, storedReading } from '../../leads/reading-delivery.js';
import { normaliseDelivery, type NormalisedDelivery } from '../normalise/normalise-delivery.js';
import { parseJsonBody } from '../normalise/payload.js';
import type { WebhookScheme } from '../signature/signature-schemes.js';
import type { DeliveryWithBodyDto } from './delivery.dto.js';

const SCHEMES: readonly WebhookScheme[] = ['hmac', 'ed25519', 'workflow', 'unverified'];

/** What of a delivery is needed to read it again. */
export type StoredBody = Pick<
  DeliveryWithBodyDto,
  'delivery_id' | 'scheme' | 'body' | 'received_at' | 'location_id'
>;

/** The event of a stored delivery; undefined when its body can no longer be read. */
export function readStoredEvent(stored: StoredBody): CrmEvent | undefined {
  // How long its claims would be held does not matter to what it says.
  const read = readStoredDelivery(stored, 1);
  return read.ok ? read.delivery.event : undefined;
}

/**
 * Reads a stored delivery as it was read when it came: its time of arrival is the first one, since
 * the lead has been waiting from then on, and so is its id, since a body that was no UTF-8 hashes
 * differently now.
 */
export function readStoredDelivery(stored: StoredBody, ttlSeconds: number): NormalisedDelivery {
  if (stored.scheme === READING_SCHEME) return readStoredReading(stored);
  const rawBody = Buffer.from(stored.body);
  const json = parseJsonBody(rawBody, stored.scheme === 'workflow');
  const normalised = normaliseDelivery({
    rawBody,
    parsed: json.ok ? json.value : undefined,
    receivedAt: stored.received_at,
    scheme: SCHEMES.find((scheme) => scheme === stored.scheme) ?? 'unverified',
    ttlSeconds,
    // The body may have named none.
    ownLocation: stored.location_id,
  });
  if (!normalised.ok) return normalised;
  return { ok: true, delivery: underStoredId(normalised.delivery, stored.delivery_id) };
}

function readStoredReading(stored: StoredBody): NormalisedDelivery {
  const delivery = storedReading(stored);
  return delivery === undefined
    ? { ok: false, errors: [{ field: 'body', message: 'is no reading' }] }
    : { ok: true, delivery };
}

function underStoredId(delivery: Delivery, deliveryId: string): Delivery {
  const claims = delivery.claims.map((claim) =>
    claim.id === delivery.deliveryId ? { ...claim, id: deliveryId } : claim,
  );
  return { ...delivery, deliveryId, claims };
}
