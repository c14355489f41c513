import {
  contactCandidates,
  locationCandidates,
  type Envelope,
  type ShapedEvent,
} from './event-fields.js';
import { eventTime } from './payload.js';

/** Stands where an event of the agency, or one that nobody understands, names no location. */
export const UNKNOWN_LOCATION = 'unknown';

/** Events that the CRM documents and that mean nothing for a lead. */
const KNOWN_TYPES =
  /^(?:INSTALL|UNINSTALL|PlanChange|LCEmailStats|ContactDelete|VoiceAiCallEnd|ProviderOutboundMessage|(?:Association|Campaign|Conversation|Invoice|Location|Note|Object|Order|Price|Product|Record|Relation|Task|User)[A-Z][A-Za-z]*)$/;

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
