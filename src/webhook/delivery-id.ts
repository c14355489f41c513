import { createHash } from 'node:crypto';
import type { DeliveryClaim } from '../leads/crm-event.js';
import { objectAt, type IdReader, type Payload } from './normalise/payload.js';

/** How long the hash of a whole body counts: the next day's "Yes" is byte for byte the same. */
const BODY_HASH_TTL_SECONDS = 600;

const ID_FIELDS = ['webhookId', 'webhook_id', 'eventId', 'event_id'] as const;

export interface DeliveryIdParts {
  readonly payload: Payload;
  readonly rawBody: Buffer;
  /** Only the plain form's `id` names the delivery; elsewhere it is a contact, a deal, a note. */
  readonly isPlainForm: boolean;
  /** Empty when the event has none. */
  readonly contactId: string;
  readonly type: string;
  readonly text: string;
}

export interface DeliveryIdentity {
  readonly id: string;
  /** True when nothing but the bytes identifies the delivery. */
  readonly isBodyHash: boolean;
}

/** The sender's own id; else what happened to whom and when, hashed; else the bytes, hashed. */
export function deliveryIdentity(parts: DeliveryIdParts, ids: IdReader): DeliveryIdentity {
  const named = readNamedId(parts, ids);
  if (named !== null) return { id: named, isBodyHash: false };
  const timestamp = rawTimestamp(parts.payload);
  if (timestamp === '') return bodyIdentity(parts.rawBody);
  const event = sha256(`${parts.contactId}:${timestamp}:${parts.type}`);
  return { id: parts.text === '' ? event : `${event}:${sha256(parts.text)}`, isBodyHash: false };
}

export function bodyIdentity(rawBody: Buffer): DeliveryIdentity {
  return { id: sha256(rawBody), isBodyHash: true };
}

export function claimsOf(
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

function readNamedId({ payload, isPlainForm }: DeliveryIdParts, ids: IdReader): string | null {
  const holders = [payload, objectAt(payload, 'customData')];
  const eventIds = holders.flatMap((holder) => ID_FIELDS.map((field) => holder[field]));
  return (
    ids.optional('webhookId', eventIds) ??
    ids.optional('messageId', [payload['messageId']]) ??
    (isPlainForm ? ids.optional('id', [payload['id']]) : null)
  );
}

/** Exactly as sent, since a repeat sends it again exactly so; empty when there is none. */
function rawTimestamp(payload: Payload): string {
  const timestamp = payload['timestamp'];
  if (typeof timestamp === 'number') return String(timestamp);
  return typeof timestamp === 'string' && timestamp.trim() !== '' ? timestamp : '';
}

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
