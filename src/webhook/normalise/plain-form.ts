import type { ContactProfile } from '../../leads/crm-event.js';
import {
  contactCandidates,
  leadChannel,
  leadSource,
  locationCandidates,
  readContactProfile,
  readStatusSignals,
  type Envelope,
  type ShapedEvent,
  unsignedOutbound,
} from './event-fields.js';
import { isOutbound, messageText, replyChannel } from './message-fields.js';
import { eventTime, objectAt } from './payload.js';

/** The plain form's types that ask for an answer. */
export const PLAIN_LEAD_TYPES = [
  'contact.created',
  'message.received',
  'conversation.new',
] as const;
export const PLAIN_CHANGE_TYPE = 'contact.updated';
/** Only in these bodies is `id` the id of the delivery. */
export const PLAIN_TYPES: readonly string[] = [...PLAIN_LEAD_TYPES, PLAIN_CHANGE_TYPE];

/** `{type, location_id, contact_id, message?, contact?, conversation?, timestamp?, id?}`, something to answer. */
export function plainLead(envelope: Envelope): ShapedEvent {
  const { payload, ids } = envelope;
  if (isOutbound(payload)) {
    const text = messageText([payload['message']]);
    return unsignedOutbound(plainBase(envelope), { text, messageId: null });
  }
  const message = objectAt(payload, 'message');
  const conversation = objectAt(payload, 'conversation');
  const messageId = ids.optional('messageId', [
    payload['messageId'],
    payload['message_id'],
    message['id'],
  ]);
  return {
    messageId,
    // A spread in front of further properties costs a microsecond for each of them on Node 20.
    event: Object.assign(plainBase(envelope), {
      kind: 'lead' as const,
      text: messageText([payload['message']]),
      channel: leadChannel(payload),
      replyChannel: replyChannel([message['type'], conversation['channel'], conversation['type']]),
      messageId,
      conversationId: ids.optional('conversation_id', [
        payload['conversation_id'],
        payload['conversationId'],
        conversation['id'],
      ]),
    }),
  };
}

export function plainChange(envelope: Envelope): ShapedEvent {
  return {
    event: { ...plainBase(envelope), kind: 'change', subject: 'contact' },
    messageId: null,
  };
}

function plainBase({ type, payload, ids, receivedAt }: Envelope) {
  const contactObject = objectAt(payload, 'contact');
  const contact: ContactProfile = readContactProfile([contactObject]);
  return {
    type,
    locationId: ids.location('location_id', locationCandidates(payload)),
    contactId: ids.required('contact_id', contactCandidates(payload)),
    occurredAt: eventTime([payload['timestamp']], receivedAt),
    receivedAt,
    contact,
    source: leadSource(payload, [contactObject]),
    signals: readStatusSignals(payload, 'contact'),
  };
}
