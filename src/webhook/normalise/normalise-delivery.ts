import type { Delivery, DeliveryClaim } from '../../leads/crm-event.js';
import { isRecord } from '../../shared/loose-json.js';
import {
  BODY_HASH_TTL_SECONDS,
  bodyIdentity,
  deliveryIdentity,
  type DeliveryIdentity,
} from '../delivery-id.js';
import { decodeBody } from '../json-body.js';
import type { WebhookScheme } from '../signature/signature-scheme.js';
import type { Envelope, ShapedEvent } from './event-shape.js';
import { shapeNamed } from './event-shapes.js';
import { IdReader, type FieldError } from './id-reader.js';
import { otherEvent, UNKNOWN_LOCATION } from './other-event.js';
import { unwrapEnvelope, type Payload } from './payload.js';
import { PLAIN_TYPES } from './plain-form.js';
import { readLabel } from './text.js';
import { isWorkflowWebhook, workflowWebhook } from './workflow-webhook.js';

export interface IncomingDelivery {
  readonly rawBody: Buffer;
  /** The raw body parsed: any JSON value. */
  readonly parsed: unknown;
  readonly receivedAt: Date;
  /** What proved the sender. */
  readonly scheme: WebhookScheme;
  /** How long the claims of a delivery are held. */
  readonly ttlSeconds: number;
}

export type NormalisedDelivery =
  | { readonly ok: true; readonly delivery: Delivery }
  | { readonly ok: false; readonly errors: readonly FieldError[] };

/**
 * One body of any shape to one vocabulary. Never throws. What cannot be read is refused with the
 * fields named, except when the CRM's own signature proves the sender: it would retry for days, so
 * the body is kept as an event that nobody knows.
 */
export function normaliseDelivery(incoming: IncomingDelivery): NormalisedDelivery {
  const ids = new IdReader();
  const delivery = isRecord(incoming.parsed)
    ? readDelivery(unwrapEnvelope(incoming.parsed), incoming, ids)
    : undefined;
  if (delivery !== undefined && ids.errors.length === 0) return { ok: true, delivery };
  if (incoming.scheme === 'ed25519') return { ok: true, delivery: unrecognised(incoming) };
  return { ok: false, errors: delivery === undefined ? [NOT_AN_OBJECT] : ids.errors };
}

const NOT_AN_OBJECT: FieldError = { field: '', message: 'must be a JSON object' };

/** Usable only when `ids` found no fault. */
function readDelivery(payload: Payload, incoming: IncomingDelivery, ids: IdReader): Delivery {
  const shaped = shapeEvent(payload, incoming, ids);
  const { event } = shaped;
  const identity = deliveryIdentity(
    {
      payload,
      rawBody: incoming.rawBody,
      isPlainForm: PLAIN_TYPES.includes(event.type) && payload['type'] === event.type,
      contactId: event.contactId ?? '',
      type: event.type,
      text: 'text' in event ? event.text : '',
    },
    ids,
  );
  return {
    locationId: event.locationId,
    deliveryId: identity.id,
    claims: claimsOf(identity, shaped.messageId, incoming.ttlSeconds),
    scheme: incoming.scheme,
    body: decodeBody(incoming.rawBody),
    event,
  };
}

function shapeEvent(payload: Payload, incoming: IncomingDelivery, ids: IdReader): ShapedEvent {
  const sent = payload['type'];
  const name = typeof sent === 'string' ? sent.trim() : '';
  const envelope: Envelope = { type: name, payload, receivedAt: incoming.receivedAt, ids };
  const shape = shapeNamed(name);
  if (shape !== undefined) return shape(envelope);
  if (isWorkflowWebhook(payload, incoming.scheme === 'workflow')) return workflowWebhook(envelope);
  ids.required('type', [name]);
  return otherEvent(envelope);
}

function claimsOf(
  identity: DeliveryIdentity,
  messageId: string | null,
  ttlSeconds: number,
): readonly DeliveryClaim[] {
  const ownTtlSeconds = identity.isBodyHash
    ? Math.min(BODY_HASH_TTL_SECONDS, ttlSeconds)
    : ttlSeconds;
  return [
    { id: identity.id, ttlSeconds: ownTtlSeconds },
    ...(messageId === null ? [] : [{ id: `msg:${messageId}`, ttlSeconds }]),
  ];
}

/** Any part of the body may be what made it unreadable, so each id is kept only where it is good by itself. */
function unrecognised(incoming: IncomingDelivery): Delivery {
  const { parsed, rawBody, receivedAt, ttlSeconds } = incoming;
  const payload = isRecord(parsed) ? unwrapEnvelope(parsed) : {};
  const ids = new IdReader();
  const webhookId = ids.optional('webhookId', [payload['webhookId']]);
  const locationId = ids.optional('locationId', [payload['locationId']]) ?? UNKNOWN_LOCATION;
  const identity =
    webhookId === null ? bodyIdentity(rawBody) : { id: webhookId, isBodyHash: false };
  return {
    locationId,
    deliveryId: identity.id,
    claims: claimsOf(identity, null, ttlSeconds),
    scheme: incoming.scheme,
    body: decodeBody(rawBody),
    event: {
      kind: 'other',
      type: readLabel(payload['type']) ?? 'unrecognised',
      known: false,
      locationId,
      contactId: null,
      occurredAt: receivedAt,
      receivedAt,
    },
  };
}
