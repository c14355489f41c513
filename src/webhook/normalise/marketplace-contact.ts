import type { LeadChange } from '../../leads/crm-event.js';
import { readContactProfile } from './contact-profile.js';
import { locationCandidates, type Envelope, type ShapedEvent } from './event-shape.js';
import { eventTime } from './event-time.js';
import { leadSource } from './lead-source.js';
import { objectAt } from './payload.js';
import { replyChannel } from './reply-channel.js';
import { readStatusSignals } from './status-signals.js';

/** A contact was created: a lead that has said nothing yet. */
export function contactCreated(envelope: Envelope): ShapedEvent {
  const { payload, receivedAt } = envelope;
  return {
    messageId: null,
    event: {
      ...contactBase(envelope),
      kind: 'lead',
      // The time of creation is the lead's; `timestamp` is only when the CRM sent the event.
      occurredAt: eventTime([payload['dateAdded'], payload['timestamp']], receivedAt),
      text: '',
      channel: null,
      replyChannel: replyChannel([]),
      messageId: null,
      conversationId: null,
      signals: readStatusSignals(payload, 'contact'),
    },
  };
}

export function contactUpdated(envelope: Envelope): ShapedEvent {
  const signals = readStatusSignals(envelope.payload, 'contact');
  return {
    event: { ...contactChange(envelope), subject: 'contact', signals },
    messageId: null,
  };
}

/** What every change of a contact carries; the families of consent and tags add theirs. */
export function contactChange(envelope: Envelope): Omit<LeadChange, 'subject' | 'signals'> {
  return { ...contactBase(envelope), kind: 'change' };
}

/** The contact's fields lie flat in the body, and `id` is the contact. */
function contactBase({ type, payload, ids, receivedAt }: Envelope) {
  const holders = [payload, objectAt(payload, 'contact')];
  return {
    type,
    locationId: ids.required('locationId', locationCandidates(payload)),
    contactId: ids.required('id', [payload['id'], payload['contactId'], payload['contact_id']]),
    occurredAt: eventTime([payload['timestamp']], receivedAt),
    receivedAt,
    contact: readContactProfile(holders),
    source: leadSource(payload, holders),
  };
}
