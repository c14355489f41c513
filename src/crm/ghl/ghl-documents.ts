import type { CrmContact, OutgoingMessage, SentMessage } from '../crm.port.js';
import { asList, asRecord, asText, type LooseRecord } from '../../shared/loose-json.js';

/** What the API's bodies say, read as it sends them and not as it documents them: contacts and messages. */

/** `active` means that do-not-disturb is on; `permanent` that a STOP or the carrier put it on. */
const BLOCKING = new Set(['active', 'permanent']);

/** Undefined when the reply holds no contact. */
export function readContact(body: unknown): CrmContact | undefined {
  const contact = asRecord(asRecord(body).contact);
  const id = asText(contact.id);
  if (id === undefined) return undefined;
  return {
    id,
    ...texts(contact),
    tags: asList(contact.tags).filter((tag) => typeof tag === 'string'),
    customFields: readCustomFields(contact),
    isBlocked: (channel) => contact.dnd === true || blocksChannel(contact.dndSettings, channel),
  };
}

export function readCustomFields(contact: LooseRecord): CrmContact['customFields'] {
  return asList(contact.customFields).flatMap((item) => {
    const { id, value } = asRecord(item);
    return typeof id === 'string' ? [{ id, value }] : [];
  });
}

function texts(contact: LooseRecord): Partial<CrmContact> {
  const firstName = asText(contact.firstName);
  const phone = asText(contact.phone);
  const timezone = asText(contact.timezone);
  const assignedTo = asText(contact.assignedTo);
  return {
    ...(firstName === undefined ? {} : { firstName }),
    ...(phone === undefined ? {} : { phone }),
    ...(timezone === undefined ? {} : { timezone }),
    ...(assignedTo === undefined ? {} : { assignedTo }),
  };
}

/** Compared in lower case: the API's versions spell the channels differently. */
function blocksChannel(settings: unknown, channel: string): boolean {
  return Object.entries(asRecord(settings)).some(
    ([name, setting]) =>
      name.toLowerCase() === channel.toLowerCase() &&
      BLOCKING.has(String(asRecord(setting).status).toLowerCase()),
  );
}

/** Empty when the CRM did not tell; the thing exists all the same. */
export function readIdOf(body: unknown, kind: 'task' | 'note'): string {
  return asText(asRecord(asRecord(body)[kind]).id) ?? '';
}

/** The port's messages have no subject, the API's e-mails need one. */
const EMAIL_SUBJECT = 'Your message to us';
/** The CRM's clock and ours may differ. */
const CLOCK_TOLERANCE_MS = 30_000;

/** `subType` and `status`, though documented as required, are for senders of other kinds. */
export function messageBody(message: OutgoingMessage): Readonly<Record<string, string>> {
  const { channel, contactId, text } = message;
  if (channel !== 'Email') return { type: channel, contactId, message: text };
  return { type: channel, contactId, subject: EMAIL_SUBJECT, html: asHtml(text), message: text };
}

/**
 * Empty ids where the CRM tells none: a 2xx means that the message is on its way, and calling that a
 * failure would have it sent twice.
 */
export function readSentMessage(body: unknown): SentMessage {
  const reply = asRecord(body);
  const conversationId = asText(reply.conversationId);
  const messageId =
    asText(reply.messageId) ?? asText(asList(reply.messageIds)[0]) ?? asText(reply.emailMessageId);
  return {
    messageId: messageId ?? '',
    ...(conversationId === undefined ? {} : { conversationId }),
  };
}

export function readConversationIds(body: unknown): readonly string[] {
  return asList(asRecord(body).conversations).flatMap((item) => {
    const id = asText(asRecord(item).id);
    return id === undefined ? [] : [id];
  });
}

/** Documented as `messages[]`, sent as `messages.messages[]`. */
function readMessages(body: unknown): readonly LooseRecord[] {
  const { messages } = asRecord(body);
  const list = Array.isArray(messages) ? messages : asList(asRecord(messages).messages);
  return list.map(asRecord);
}

/** The newest of our messages with this text in a page of a conversation. */
export function findInThread(
  body: unknown,
  message: OutgoingMessage,
  since: Date,
): SentMessage | undefined {
  const notBefore = since.getTime() - CLOCK_TOLERANCE_MS;
  const wanted = plainText(message.text);
  const found = readMessages(body).find(
    (candidate) =>
      candidate.direction === 'outbound' &&
      Date.parse(String(candidate.dateAdded)) >= notBefore &&
      isSameText(plainText(String(candidate.body ?? '')), wanted),
  );
  return found === undefined ? undefined : asSent(found);
}

function asSent(found: LooseRecord): SentMessage {
  const conversationId = asText(found.conversationId);
  return {
    messageId: asText(found.id) ?? '',
    ...(conversationId === undefined ? {} : { conversationId }),
  };
}

/** The CRM may append the sender's name and "Reply STOP to unsubscribe" to a first message. */
function isSameText(candidate: string, wanted: string): boolean {
  return candidate === wanted || candidate.startsWith(`${wanted} `);
}

function asHtml(text: string): string {
  const escaped = text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  return `<p>${escaped.replace(/\r?\n/g, '<br>')}</p>`;
}

/** Makes an e-mail's HTML, a wrapped text and the text that was sent comparable. */
function plainText(text: string): string {
  return text
    .replace(/<\/?[a-z][^>]*>/gi, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim();
}
