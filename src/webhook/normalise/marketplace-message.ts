import {
  contactCandidates,
  locationCandidates,
  readContactProfile,
  type Envelope,
  type ShapedEvent,
} from './event-fields.js';
import { messageIdCandidates, isOutbound, messageText, replyChannel } from './message-fields.js';
import { htmlToText } from './html-text.js';
import { eventTime, objectAt, readLabel, type Payload } from './payload.js';

/**
 * A message from the lead. Without text (a call) there is nothing to answer, and the CRM has been
 * seen to send a message of ours as an inbound one.
 */
export function inboundMessage(envelope: Envelope): ShapedEvent {
  const { payload, ids } = envelope;
  const base = messageBase(envelope);
  const messageId = readMessageId(envelope);
  const text = readText(payload);
  if (isOutbound(payload) || text === '') {
    return { messageId, event: { ...base, kind: 'other', known: true } };
  }
  return {
    messageId,
    event: {
      ...base,
      kind: 'lead',
      text,
      contact: readContactProfile([objectAt(payload, 'contact')]),
      // An inbound message never names where the lead came from.
      source: null,
      channel: null,
      replyChannel: messageChannel(payload),
      messageId,
      conversationId: ids.optional('conversationId', [payload['conversationId']]),
      signals: [],
    },
  };
}

/** Outbound whatever its `direction` says. The CRM repeats the id for each change of status, so it is no claim. */
export function outboundMessage(envelope: Envelope): ShapedEvent {
  const { payload, ids } = envelope;
  return {
    messageId: null,
    event: {
      ...messageBase(envelope),
      kind: 'outbound',
      text: readText(payload),
      messageId: readMessageId(envelope),
      sentBy: readLabel(payload['source'])?.toLowerCase() ?? null,
      userId: ids.optional('userId', [payload['userId']]),
      status: readLabel(payload['status'])?.toLowerCase() ?? null,
    },
  };
}

function messageBase({ type, payload, ids, receivedAt }: Envelope) {
  return {
    type,
    locationId: ids.location('locationId', locationCandidates(payload)),
    contactId: ids.required('contactId', contactCandidates(payload)),
    occurredAt: eventTime(
      [payload['dateAdded'], payload['timestamp'], objectAt(payload, 'message')['timestamp']],
      receivedAt,
    ),
    receivedAt,
  };
}

function readMessageId({ payload, ids }: Envelope): string | null {
  return ids.optional('messageId', messageIdCandidates(payload));
}

function messageChannel(payload: Payload): string {
  const message = objectAt(payload, 'message');
  return replyChannel([
    payload['messageType'],
    payload['messageTypeString'],
    message['messageType'],
    message['type'],
  ]);
}

/** The body of an e-mail is HTML. */
function readText(payload: Payload): string {
  const text = messageText([payload['body'], payload['message']]);
  return messageChannel(payload) === 'Email' ? htmlToText(text) : text;
}
