import type { Delivery } from '../../leads/crm-event.js';
import { isRecord } from '../../shared/loose-json.js';
import { bodyIdentity, claimsOf, deliveryIdentity } from '../delivery-id.js';
import type { WebhookScheme } from '../signature/signature-schemes.js';
import type { Envelope, EventShape, ShapedEvent } from './event-fields.js';
import {
  APPOINTMENT_TYPES,
  appointmentChanged,
  contactConsentChanged,
  contactCreated,
  contactTagsChanged,
  contactUpdated,
  OPPORTUNITY_TYPES,
  opportunityChanged,
} from './marketplace-changes.js';
import { inboundMessage, outboundMessage } from './marketplace-message.js';
import { completedTask, otherEvent, UNKNOWN_LOCATION } from './other-event.js';
import {
  decodeBody,
  IdReader,
  readLabel,
  unwrapEnvelope,
  type FieldError,
  type Payload,
} from './payload.js';
import {
  PLAIN_CHANGE_TYPE,
  PLAIN_LEAD_TYPES,
  PLAIN_TYPES,
  plainChange,
  plainLead,
} from './plain-form.js';
import { isWorkflowWebhook, workflowWebhook } from './workflow-webhook.js';

export interface IncomingDelivery {
  readonly rawBody: Buffer;
  /** The raw body parsed: any JSON value; undefined where it is none. */
  readonly parsed: unknown;
  readonly receivedAt: Date;
  /** What proved the sender. */
  readonly scheme: WebhookScheme;
  /** How long the claims of a delivery are held. */
  readonly ttlSeconds: number;
  /** The location of a body that names none: `GHL_LOCATION_ID`. */
  readonly ownLocation?: string | null;
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
  const ids = new IdReader(incoming.ownLocation);
  const delivery = isRecord(incoming.parsed)
    ? readDelivery(unwrapEnvelope(incoming.parsed), incoming, ids)
    : undefined;
  if (delivery !== undefined && ids.errors.length === 0) return { ok: true, delivery };
  const isKept = incoming.scheme === 'ed25519' || isBrokenTemplate(incoming);
  if (isKept) return { ok: true, delivery: unrecognised(incoming) };
  return { ok: false, errors: delivery === undefined ? [NOT_AN_OBJECT] : ids.errors };
}

/** A lead may be in it, and whoever sent it cannot be told: an operator reads it. */
function isBrokenTemplate({ scheme, parsed }: IncomingDelivery): boolean {
  return scheme === 'workflow' && parsed === undefined;
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

/** The types that mean something for a lead. A Map, so that a type named `constructor` finds nothing. */
const SHAPES: ReadonlyMap<string, EventShape> = new Map<string, EventShape>([
  ...PLAIN_LEAD_TYPES.map((type) => [type, plainLead] as const),
  [PLAIN_CHANGE_TYPE, plainChange],
  ['ContactCreate', contactCreated],
  ['ContactUpdate', contactUpdated],
  ['ContactTagUpdate', contactTagsChanged],
  ['ContactDndUpdate', contactConsentChanged],
  ['InboundMessage', inboundMessage],
  ['OutboundMessage', outboundMessage],
  ['TaskComplete', completedTask],
  ['CustomerBookedAppointment', workflowWebhook],
  ...OPPORTUNITY_TYPES.map((type) => [type, opportunityChanged] as const),
  ...APPOINTMENT_TYPES.map((type) => [type, appointmentChanged] as const),
]);

function shapeEvent(payload: Payload, incoming: IncomingDelivery, ids: IdReader): ShapedEvent {
  const sent = payload['type'];
  const name = typeof sent === 'string' ? sent.trim() : '';
  const envelope: Envelope = { type: name, payload, receivedAt: incoming.receivedAt, ids };
  const shape = SHAPES.get(name);
  if (shape !== undefined) return shape(envelope);
  if (isWorkflowWebhook(payload, incoming.scheme === 'workflow')) return workflowWebhook(envelope);
  ids.required('type', [name]);
  return otherEvent(envelope);
}

/** Any part of the body may be what made it unreadable, so each id is kept only where it is good by itself. */
function unrecognised(incoming: IncomingDelivery): Delivery {
  const { parsed, rawBody, receivedAt, ttlSeconds, ownLocation } = incoming;
  const payload = isRecord(parsed) ? unwrapEnvelope(parsed) : {};
  const ids = new IdReader();
  const webhookId = ids.optional('webhookId', [payload['webhookId']]);
  const locationId =
    ids.optional('locationId', [payload['locationId'], ownLocation]) ?? UNKNOWN_LOCATION;
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
