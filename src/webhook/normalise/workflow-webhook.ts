import type { LeadEvent } from '../../leads/crm-event.js';
import { isRecord } from '../../shared/loose-json.js';
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
import {
  messageIdCandidates,
  isChannelName,
  isOutbound,
  messageText,
  replyChannel,
  textCandidates,
} from './message-fields.js';
import { htmlToText } from './html-text.js';
import { eventTime, objectAt, readLabel, type Payload } from './payload.js';
import { PLAIN_LEAD_TYPES } from './plain-form.js';
import { reportedChange } from './workflow-change.js';

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

/**
 * One of ours, else a change that its author or its trigger reports, else a lead. A message of the lead
 * makes it one, whatever else is reported: a lead is worth more than a status.
 */
export function workflowWebhook(envelope: Envelope): ShapedEvent {
  const { payload } = envelope;
  const type = readEventType(envelope);
  const base = workflowBase(envelope, type ?? WORKFLOW_TYPE);
  const text = messageText(textCandidates(payload));
  if (isOutbound(payload)) {
    return unsignedOutbound(base, { text, messageId: readMessageId(envelope) });
  }
  const change = reportedChange(payload, type);
  if (change !== undefined && text === '') {
    return { messageId: null, event: { ...base, ...change, kind: 'change' } };
  }
  const isLead =
    type === undefined || text !== '' || PLAIN_LEAD_TYPES.some((name) => name === type);
  if (!isLead) return { messageId: null, event: { ...base, kind: 'other', known: false } };
  const messageId = readMessageId(envelope);
  const reported = change === undefined ? {} : { reported: change };
  return {
    messageId,
    event: { ...base, ...leadParts(envelope), kind: 'lead', messageId, ...reported },
  };
}

/** As its author has named what happened, lower-cased. */
function readEventType({ payload, ids }: Envelope): string | undefined {
  const named = [payload['event_type'], objectAt(payload, 'customData')['event_type']];
  return ids.optional('customData.event_type', named)?.toLowerCase();
}

function workflowBase({ payload, ids, receivedAt }: Envelope, type: string) {
  const contact = objectAt(payload, 'contact');
  const holders = [contact, payload];
  return {
    type,
    locationId: ids.location('location.id', locationCandidates(payload)),
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
  const custom = objectAt(payload, 'customData');
  return ids.optional('messageId', [
    ...messageIdCandidates(payload),
    custom['messageId'],
    custom['message_id'],
  ]);
}
