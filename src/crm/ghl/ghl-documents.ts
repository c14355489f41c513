import type {
  CrmContact,
  CrmFailure,
  CrmFailureKind,
  OutgoingMessage,
  SentMessage,
} from '../crm.port.js';
import { asList, asRecord, asText, type LooseRecord } from '../../shared/loose-json.js';

/** What the API's bodies say, read as it sends them and not as it documents them: contacts, messages, refusals. */

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

export interface GhlReply {
  readonly status: number;
  readonly headers: ReplyHeaders;
  readonly body: unknown;
}

const MAX_MESSAGE_LENGTH = 200;

/** No connection came about, so nothing can have happened. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** Undefined for any 2xx: the documents say 200 where traffic shows 201. */
export function replyFailure(reply: GhlReply, now: Date): CrmFailure | undefined {
  if (reply.status >= 200 && reply.status < 300) return undefined;
  const { kind, waits } = classify(reply);
  return {
    kind,
    status: reply.status,
    message: describe(reply),
    ...(waits ? { retryAfterMs: retryAfterMs(reply.headers, now) } : {}),
  };
}

/** For a call that brought no reply at all. */
export function connectionFailure(error: unknown): CrmFailure {
  const code = errorCode(error);
  const neverSent = NEVER_SENT.has(code) || brokeWhileConnecting(error);
  return {
    kind: neverSent ? 'unreachable' : 'unknown_outcome',
    message: neverSent ? `CRM not reached (${code})` : `No reply from the CRM (${code})`,
  };
}

function classify(reply: GhlReply): { readonly kind: CrmFailureKind; readonly waits: boolean } {
  return { kind: kindOf(reply), waits: reply.status === 429 };
}

function kindOf(reply: GhlReply): CrmFailureKind {
  const { status } = reply;
  if (status >= 500 || status === 408) return 'unknown_outcome';
  if (status === 429) return 'rate_limited';
  if (status === 401 || status === 403) return 'unauthorized';
  if (status === 404) return 'not_found';
  if (status === 400 || status === 422) return kindOfRefusal(reply.body);
  return 'rejected';
}

/** The CRM answers 400 to much that has a status of its own elsewhere. */
function kindOfRefusal(body: unknown): CrmFailureKind {
  const said = messageOf(body);
  if (/\bDND is active\b/i.test(said)) return 'do_not_disturb';
  const code = asRecord(body).canonicalCode;
  const unknownContact =
    code === 'CONVERSATIONS_CONTACT_NOT_FOUND' ||
    /CONVERSATIONS_CONTACT_NOT_FOUND|\bcontact not found\b/i.test(said);
  return unknownContact ? 'not_found' : 'rejected';
}

function describe(reply: GhlReply): string {
  const said = withoutPersonalData(messageOf(reply.body)).slice(0, MAX_MESSAGE_LENGTH);
  return said === '' ? `HTTP ${reply.status}` : said;
}

/** A validation error carries a list of sentences, any other a single one. */
function messageOf(body: unknown): string {
  const { message } = asRecord(body);
  if (typeof message === 'string') return message;
  if (!Array.isArray(message)) return '';
  return message.filter((sentence) => typeof sentence === 'string').join('; ');
}

/** A refusal may quote what it refuses, and failures are logged and shown. */
function withoutPersonalData(text: string): string {
  return text
    .replace(/[^\s@]+@[^\s@]+/g, '[e-mail]')
    .replace(/\+?\d[\d\s().-]{5,}\d/g, '[number]')
    .replace(/["“][^"”]*["”]/g, '"…"');
}

function errorCode(error: unknown): string {
  const { code } = asRecord(error);
  return typeof code === 'string' ? code : 'unknown';
}

/** A time-out or reset of the TCP handshake: the request had not left yet. */
function brokeWhileConnecting(error: unknown): boolean {
  return asRecord(asRecord(error).cause).syscall === 'connect';
}

/** Header names in lower case, as Node gives them. */
type ReplyHeaders = Readonly<Record<string, unknown>>;

/** The CRM's own window, where it tells nothing. */
const DEFAULT_WAIT_MS = 10_000;
const MIN_WAIT_MS = 250;
/** HighLevel's SDK caps the interval at the same 30 s. */
const MAX_INTERVAL_MS = 30_000;
/** With the day's calls used up: ask again each hour, whatever the reset header says. */
const DAILY_WAIT_MS = 3_600_000;
const MAX_RETRY_AFTER_MS = 3_600_000;
/** Beyond this a reset header is a time of day in epoch milliseconds, not a span. */
const EPOCH_FROM_MS = 1_000_000_000_000;

/** How long to wait after a 429. The strictest thing the reply says counts. */
export function retryAfterMs(headers: ReplyHeaders, now: Date): number {
  if (readNumber(headers, 'x-ratelimit-daily-remaining') === 0) return dailyWaitMs(headers, now);
  const asked = readRetryAfterMs(headers, now);
  if (asked !== undefined) return clamp(asked, MIN_WAIT_MS, MAX_RETRY_AFTER_MS);
  const interval = readNumber(headers, 'x-ratelimit-interval-milliseconds') ?? DEFAULT_WAIT_MS;
  return clamp(interval, MIN_WAIT_MS, MAX_INTERVAL_MS);
}

function dailyWaitMs(headers: ReplyHeaders, now: Date): number {
  const reset = readNumber(headers, 'x-ratelimit-daily-reset') ?? DAILY_WAIT_MS;
  const waitMs = reset > EPOCH_FROM_MS ? reset - now.getTime() : reset;
  return clamp(waitMs, DEFAULT_WAIT_MS, DAILY_WAIT_MS);
}

/** RFC 9110: seconds or a date. */
function readRetryAfterMs(headers: ReplyHeaders, now: Date): number | undefined {
  const seconds = readNumber(headers, 'retry-after');
  if (seconds !== undefined) return seconds * 1_000;
  const raw = headers['retry-after'];
  const at = typeof raw === 'string' ? Date.parse(raw) : Number.NaN;
  return Number.isNaN(at) ? undefined : at - now.getTime();
}

function readNumber(headers: ReplyHeaders, name: string): number | undefined {
  const raw = headers[name];
  if (typeof raw !== 'string' || raw.trim() === '') return undefined;
  const value = Number(raw);
  return Number.isFinite(value) && value >= 0 ? value : undefined;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
