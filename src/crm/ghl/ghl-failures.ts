import type { CrmFailure, CrmFailureKind } from '../crm.port.js';
import { retryAfterMs, type ReplyHeaders } from './ghl-retry-after.js';
import { asRecord } from '../../shared/loose-json.js';

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
