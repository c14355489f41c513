import {
  contactCandidates,
  locationCandidates,
  type Envelope,
  type ShapedEvent,
} from './event-fields.js';
import { eventTime, readLabel } from './payload.js';

/** Stands where an event of the agency, or one that nobody understands, names no location. */
export const UNKNOWN_LOCATION = 'unknown';

/** Events that the CRM documents and that mean nothing for a lead. */
const KNOWN_TYPES =
  /^(?:INSTALL|UNINSTALL|PlanChange|LCEmailStats|ContactDelete|VoiceAiCallEnd|ProviderOutboundMessage|(?:Association|Campaign|Conversation|Invoice|Location|Note|Object|Order|Price|Product|Record|Relation|Task|User)[A-Z][A-Za-z]*)$/;

/** A task that names its contact; the CRM leaves that out of some, and then nobody knows whose it was. */
export function completedTask(envelope: Envelope): ShapedEvent {
  const { event, messageId } = otherEvent(envelope);
  const { contactId, locationId, occurredAt, receivedAt, type } = event;
  if (contactId === null || locationId === UNKNOWN_LOCATION) return { event, messageId };
  const title = readLabel(envelope.payload['title']) ?? '';
  return {
    messageId,
    event: { kind: 'task', type, locationId, contactId, occurredAt, receivedAt, title },
  };
}

/** Authentic and acknowledged, nothing more. Neither a contact nor a location is needed. */
export function otherEvent({ type, payload, ids, receivedAt }: Envelope): ShapedEvent {
  const locationId = ids.optional('locationId', [
    ...locationCandidates(payload),
    payload['companyId'],
  ]);
  const contactId = ids.optional('contactId', [
    ...(type === 'ContactDelete' ? [payload['id']] : []),
    ...contactCandidates(payload),
  ]);
  return {
    messageId: null,
    event: {
      kind: 'other',
      type,
      known: KNOWN_TYPES.test(type),
      locationId: locationId ?? UNKNOWN_LOCATION,
      contactId,
      occurredAt: eventTime([payload['timestamp']], receivedAt),
      receivedAt,
    },
  };
}
