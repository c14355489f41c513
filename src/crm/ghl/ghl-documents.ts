import type {
  CrmContact,
  DoNotDisturbChange,
  NewNote,
  NewTask,
  OutgoingMessage,
  RecordSearch,
  SentMessage,
} from '../crm.port.js';
import { asList, asRecord, asText, type LooseRecord } from '../../shared/loose-json.js';

/** What the API's bodies say, read as it sends them and not as it documents them: contacts and messages. */

/** `active` means that do-not-disturb is on; `permanent` that a STOP or the carrier put it on. */
const BLOCKING = new Set(['active', 'permanent']);

/** Channels that a contact's do-not-disturb can be switched for, as version 2 of the API spells them. */
const DND_CHANNELS: readonly string[] = ['SMS', 'Call', 'Email', 'WhatsApp', 'GMB', 'FB'];

/** Of these channels, those that would have to be switched for the change. */
export function channelsToSwitch(
  contact: CrmContact,
  { channels, on }: DoNotDisturbChange,
): readonly string[] {
  return DND_CHANNELS.filter(
    (channel) => channels.includes(channel) && contact.blockedChannels.includes(channel) !== on,
  );
}

export function dndSettings(channels: readonly string[], on: boolean) {
  const setting = on
    ? { status: 'active', message: 'The contact opted out in a message' }
    : { status: 'inactive', message: 'The contact opted in again' };
  return Object.fromEntries(channels.map((channel) => [channel, setting]));
}

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
    blockedChannels: DND_CHANNELS.filter((channel) => blocksChannel(contact.dndSettings, channel)),
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
  const email = asText(contact.email);
  const timezone = asText(contact.timezone);
  const assignedTo = asText(contact.assignedTo);
  return {
    ...(firstName === undefined ? {} : { firstName }),
    ...(phone === undefined ? {} : { phone }),
    ...(email === undefined ? {} : { email }),
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

/** Undefined when the reply holds no list of them. */
export function readConversationIds(body: unknown): readonly string[] | undefined {
  const { conversations } = asRecord(body);
  if (!Array.isArray(conversations)) return undefined;
  return conversations.flatMap((item) => asText(asRecord(item).id) ?? []);
}

/** Documented as `messages[]`, sent as `messages.messages[]`. */
function readMessages(body: unknown): readonly LooseRecord[] {
  const { messages } = asRecord(body);
  const list = Array.isArray(messages) ? messages : asList(asRecord(messages).messages);
  return list.map(asRecord);
}

/** The newest of our messages with this text in a page of a conversation that is no other one. */
export function findInThread(
  body: unknown,
  message: OutgoingMessage,
  search: RecordSearch,
): SentMessage | undefined {
  const wanted = plainText(message.text);
  const found = readMessages(body).find(
    (candidate) =>
      candidate.direction === 'outbound' &&
      isEligible(candidate, search) &&
      isSameText(plainText(String(candidate.body ?? '')), wanted),
  );
  return found === undefined ? undefined : asSent(found);
}

/** A task bears no time of its own; what it says and its due time, to the second, tell it apart. */
export function findTaskIn(
  tasks: readonly unknown[],
  task: NewTask,
  { taken }: RecordSearch,
): { readonly taskId: string } | undefined {
  const found = tasks
    .map(asRecord)
    .find(
      ({ id, title, body: said, dueDate }) =>
        !taken.has(String(id)) &&
        title === task.title &&
        plainText(String(said ?? '')) === plainText(task.body) &&
        Math.abs(Date.parse(String(dueDate)) - task.dueAt.getTime()) < 1_000,
    );
  return found === undefined ? undefined : { taskId: asText(found.id) ?? '' };
}

export function findNoteIn(
  notes: readonly unknown[],
  note: NewNote,
  search: RecordSearch,
): { readonly noteId: string } | undefined {
  const found = notes
    .map(asRecord)
    .find(
      (candidate) =>
        isEligible(candidate, search) &&
        plainText(String(candidate.body ?? '')) === plainText(note.body),
    );
  return found === undefined ? undefined : { noteId: asText(found.id) ?? '' };
}

function isEligible({ id, dateAdded }: LooseRecord, { since, taken }: RecordSearch): boolean {
  const notBefore = since.getTime() - CLOCK_TOLERANCE_MS;
  return Date.parse(String(dateAdded)) >= notBefore && !taken.has(String(id));
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
