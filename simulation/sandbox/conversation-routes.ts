import { asRecord, asText } from '#product/shared/loose-json.js';
import { accessContact, savedContact } from './sandbox-contact-access.js';
import { newSandboxId, type SandboxContact, type SandboxMessage } from './sandbox-documents.js';
import {
  FOREIGN_LOCATION,
  refusal,
  validationFaults,
  type SandboxHandler,
} from './sandbox-reply.js';
import { route, type SandboxRoute } from './sandbox-router.js';
import type { SandboxState } from './sandbox-state.js';

const MESSAGE_TYPES = new Set([
  ...['SMS', 'RCS', 'Email', 'WhatsApp', 'IG', 'FB', 'Custom', 'Live_Chat', 'TIKTOK'],
]);
const BLOCKING = new Set<unknown>(['active', 'permanent']);
const MAX_MESSAGES = 200;
const DEFAULT_PAGE = 20;
const MAX_PAGE = 100;

const sendMessage: SandboxHandler = (request, state) => {
  const { body } = request;
  const type = String(body.type);
  const contactId = asText(body.contactId);
  const text = asText(body.html) ?? asText(body.message);
  const faults = validationFaults([
    [MESSAGE_TYPES.has(type), `type must be a valid enum value: ${[...MESSAGE_TYPES].join(', ')}`],
    [contactId !== undefined, 'contactId should not be empty'],
    [text !== undefined, 'message should not be empty'],
  ]);
  if (contactId === undefined || text === undefined || faults.length > 0) {
    return refusal(422, faults);
  }
  const access = accessContact(contactId, request, state);
  if (access.refused?.status === 404) {
    const canonicalCode = 'CONVERSATIONS_CONTACT_NOT_FOUND';
    return { ...refusal(400, 'Contact not found', { canonicalCode }), contactId };
  }
  if (access.refused !== undefined) return { ...access.refused, contactId };
  if (isBlocked(access.contact, type)) {
    return { ...refusal(400, `Cannot send message as DND is active for ${type}.`), contactId };
  }
  const subject = asText(body.subject);
  const message = newMessage(state, type, 'outbound', text, subject);
  const updated = withMessage(access.contact, message);
  return savedContact(state, updated, 201, {
    conversationId: updated.conversationId,
    messageId: message.id,
    msg: 'Message queued successfully.',
  });
};

/** Lets a test or a demo speak for the lead. */
const addInboundMessage: SandboxHandler = (request, state) => {
  const { body } = request;
  const contactId = asText(body.contactId);
  const text = asText(body.message);
  if (contactId === undefined || text === undefined) {
    return refusal(422, ['contactId and message should not be empty']);
  }
  const access = accessContact(contactId, request, state);
  if (access.refused !== undefined) return { ...access.refused, contactId };
  const message = newMessage(state, asText(body.type) ?? 'SMS', 'inbound', text);
  const updated = withMessage(access.contact, message);
  return savedContact(state, updated, 201, {
    success: true,
    conversationId: updated.conversationId,
    messageId: message.id,
  });
};

const searchConversations: SandboxHandler = ({ query, tokenLocationId }, state) => {
  const locationId = query.get('locationId');
  if (locationId === null) return refusal(422, ['locationId should not be empty']);
  if (tokenLocationId !== null && tokenLocationId !== locationId) {
    return FOREIGN_LOCATION;
  }
  const contact = state.contact(query.get('contactId') ?? '');
  const conversations = contact === undefined ? [] : conversationsOf(contact, locationId);
  return { status: 200, body: { conversations, total: conversations.length } };
};

/** Newest first, and nested as the CRM really does it, not as it is documented. */
const listMessages: SandboxHandler = ({ params, query }, state) => {
  const contact = contactOf(state, params.conversationId ?? '');
  if (contact === undefined) return refusal(404, 'Conversation not found');
  const asked = Number(query.get('limit') ?? DEFAULT_PAGE);
  const limit = Math.min(MAX_PAGE, Math.max(1, Number.isNaN(asked) ? DEFAULT_PAGE : asked));
  const newestFirst = contact.messages.toReversed();
  const after = newestFirst.findIndex((message) => message.id === query.get('lastMessageId'));
  const page = newestFirst.slice(after + 1, after + 1 + limit);
  const messages = page.map((message) => messageView(message, contact));
  const nextPage = after + 1 + limit < newestFirst.length;
  const lastMessageId = page.at(-1)?.id ?? '';
  return { status: 200, body: { messages: { lastMessageId, nextPage, messages } } };
};

export const CONVERSATION_ROUTES: readonly SandboxRoute[] = [
  route('sendMessage', 'POST', '/conversations/messages', sendMessage),
  route('addInboundMessage', 'POST', '/conversations/messages/inbound', addInboundMessage),
  route('searchConversations', 'GET', '/conversations/search', searchConversations),
  route('listMessages', 'GET', '/conversations/:conversationId/messages', listMessages),
];

function isBlocked(contact: SandboxContact, type: string): boolean {
  return contact.dnd || BLOCKING.has(asRecord(contact.dndSettings[type]).status);
}

function newMessage(
  state: SandboxState,
  type: string,
  direction: SandboxMessage['direction'],
  body: string,
  subject?: string,
): SandboxMessage {
  const dateAdded = state.now();
  const titled = subject === undefined ? {} : { subject };
  return { id: newSandboxId(), type, direction, body, ...titled, dateAdded };
}

function withMessage(contact: SandboxContact, message: SandboxMessage): SandboxContact {
  return {
    ...contact,
    conversationId: contact.conversationId ?? newSandboxId(),
    messages: [...contact.messages, message].slice(-MAX_MESSAGES),
  };
}

function contactOf(state: SandboxState, conversationId: string): SandboxContact | undefined {
  for (const contact of state.contacts()) {
    if (contact.conversationId === conversationId) return contact;
  }
  return undefined;
}

function conversationsOf(contact: SandboxContact, locationId: string) {
  const foreign = contact.locationId !== null && contact.locationId !== locationId;
  if (contact.conversationId === null || foreign) return [];
  return [conversationView(contact, locationId)];
}

function conversationView(contact: SandboxContact, locationId: string) {
  const last = contact.messages.at(-1);
  return {
    id: contact.conversationId,
    contactId: contact.id,
    locationId,
    lastMessageBody: last?.body ?? '',
    lastMessageType: `TYPE_${(last?.type ?? 'SMS').toUpperCase()}`,
    type: 'TYPE_PHONE',
    unreadCount: 0,
  };
}

function messageView(message: SandboxMessage, contact: SandboxContact) {
  const { type, ...rest } = message;
  return {
    ...rest,
    messageType: `TYPE_${type.toUpperCase()}`,
    locationId: contact.locationId,
    contactId: contact.id,
    conversationId: contact.conversationId,
    contentType: 'text/plain',
    status: 'delivered',
    ...(message.direction === 'outbound' ? { source: 'api' } : {}),
  };
}
