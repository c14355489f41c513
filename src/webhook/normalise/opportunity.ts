import {
  contactCandidates,
  locationCandidates,
  type Envelope,
  type ShapedEvent,
} from './event-shape.js';
import { eventTime } from './event-time.js';
import { leadSource } from './lead-source.js';
import { readStatusSignals } from './status-signals.js';

const OPPORTUNITY_DELETED = 'OpportunityDelete';

/** A deal was created, moved, decided or deleted: its `status` says how far the lead has come. */
export function opportunityChanged({ type, payload, ids, receivedAt }: Envelope): ShapedEvent {
  return {
    messageId: null,
    event: {
      kind: 'change',
      subject: 'opportunity',
      type,
      locationId: ids.required('locationId', locationCandidates(payload)),
      contactId: ids.required('contactId', contactCandidates(payload)),
      occurredAt: eventTime([payload['timestamp']], receivedAt),
      receivedAt,
      contact: {},
      // The CRM copies the contact's source into the deal.
      source: leadSource(payload, [payload]),
      // A deleted deal still carries the status it had: "won" would read as a sale.
      signals: type === OPPORTUNITY_DELETED ? [] : readStatusSignals(payload, 'opportunity'),
    },
  };
}
