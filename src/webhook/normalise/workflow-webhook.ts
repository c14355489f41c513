import type { LeadEvent } from '../../leads/crm-event.js';
import { isRecord } from '../../shared/loose-json.js';
import {
  contactCandidates,
  isChannelName,
  isOutbound,
  leadChannel,
  leadSource,
  locationCandidates,
  messageText,
  readContactProfile,
  readStatusSignals,
  replyChannel,
  textCandidates,
  type Envelope,
  type ShapedEvent,
  unsignedOutbound,
} from './event-fields.js';
import { htmlToText } from './html-text.js';
import { eventTime, objectAt, readLabel, type Payload } from './payload.js';
import { PLAIN_CHANGE_TYPE, PLAIN_LEAD_TYPES } from './plain-form.js';

/** The type of a workflow webhook whose author gave it none. */
export const WORKFLOW_TYPE = 'workflow';

/** What the CRM calls kinds of contacts; their field lies at the root as well. */
const CONTACT_TYPES = new Set(['lead', 'customer']);

/**
 * Workflow webhooks carry no type of their own, but `type` may be there all the same: every custom
 * field of the contact lies at the root under its label. Then only the `workflow` object tells.
 */
export function isWorkflowWebhook(payload: Payload, isWorkflowSender: boolean): boolean {
  if (isRecord(payload['workflow'])) return true;
  const type = readLabel(payload['type']);
  if (type !== undefined && !isChannelName(type) && !CONTACT_TYPES.has(type.toLowerCase())) {
    return false;
  }
  if (type !== undefined) return true;
  return isWorkflowSender || isRecord(payload['customData']) || isRecord(payload['location']);
}

/** A lead unless its author says otherwise in `customData.event_type`, or the message is one of ours. */
export function workflowWebhook(envelope: Envelope): ShapedEvent {
  const { payload, ids } = envelope;
  const custom = objectAt(payload, 'customData');
  const type = ids.optional('customData.event_type', [custom['event_type']])?.toLowerCase();
  const base = workflowBase(envelope, type ?? WORKFLOW_TYPE);
  if (type === PLAIN_CHANGE_TYPE) {
    return { messageId: null, event: { ...base, kind: 'change', subject: 'contact' } };
  }
  const isLead = type === undefined || PLAIN_LEAD_TYPES.some((name) => name === type);
  if (isOutbound(payload)) {
    const text = messageText(textCandidates(payload));
    return unsignedOutbound(base, { text, messageId: readMessageId(envelope) });
  }
  if (!isLead) return { messageId: null, event: { ...base, kind: 'other', known: false } };
  const messageId = readMessageId(envelope);
  return { messageId, event: { ...base, ...leadParts(envelope), kind: 'lead', messageId } };
}

function workflowBase({ payload, ids, receivedAt }: Envelope, type: string) {
  const contact = objectAt(payload, 'contact');
  const holders = [contact, payload];
  return {
    type,
    locationId: ids.required('location.id', locationCandidates(payload)),
    contactId: ids.required('contact_id', contactCandidates(payload)),
    occurredAt: eventTime([payload['timestamp']], receivedAt),
    receivedAt,
    contact: readContactProfile(holders),
    source: leadSource(payload, holders),
    signals: readStatusSignals(payload, 'contact'),
  };
}

function leadParts({
  payload,
  ids,
}: Envelope): Pick<LeadEvent, 'text' | 'channel' | 'replyChannel' | 'conversationId'> {
  const custom = objectAt(payload, 'customData');
  const message = objectAt(payload, 'message');
  const channel = replyChannel([
    message['type'],
    message['messageType'],
    custom['channel'],
    payload['type'],
  ]);
  const text = messageText(textCandidates(payload));
  return {
    text: channel === 'Email' ? htmlToText(text) : text,
    channel: leadChannel(payload),
    replyChannel: channel,
    conversationId: ids.optional('customData.conversation_id', [
      payload['conversation_id'],
      payload['conversationId'],
      custom['conversation_id'],
    ]),
  };
}

function readMessageId({ payload, ids }: Envelope): string | null {
  const message = objectAt(payload, 'message');
  const custom = objectAt(payload, 'customData');
  return ids.optional('messageId', [
    payload['messageId'],
    payload['message_id'],
    message['messageId'],
    message['id'],
    custom['messageId'],
    custom['message_id'],
  ]);
}
