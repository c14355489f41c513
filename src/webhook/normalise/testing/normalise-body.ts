import { normaliseDelivery, type NormalisedDelivery } from '../normalise-delivery.js';
import type { Delivery } from '../../../leads/crm-event.js';
import type { WebhookScheme } from '../../signature/signature-schemes.js';

export const RECEIVED_AT = new Date('2026-11-01T12:00:00.000Z');
export const TTL_SECONDS = 604_800;

/** Normalises a body as it would arrive: serialised, signed, parsed again. */
export function normaliseBody(body: unknown, scheme: WebhookScheme = 'hmac'): NormalisedDelivery {
  const rawBody = Buffer.from(JSON.stringify(body));
  const parsed: unknown = JSON.parse(rawBody.toString());
  return normaliseDelivery({
    rawBody,
    parsed,
    receivedAt: RECEIVED_AT,
    scheme,
    ttlSeconds: TTL_SECONDS,
  });
}

export function deliveryOf(body: unknown, scheme: WebhookScheme = 'hmac'): Delivery {
  const result = normaliseBody(body, scheme);
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.errors)}`);
  return result.delivery;
}

export function refusedFields(body: unknown, scheme: WebhookScheme = 'hmac'): readonly string[] {
  const result = normaliseBody(body, scheme);
  return result.ok ? [] : result.errors.map(({ field }) => field);
}
