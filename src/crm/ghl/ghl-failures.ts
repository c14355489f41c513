import type { CrmFailure, CrmFailureKind } from '../crm.port.js';
import { asRecord } from '../../shared/loose-json.js';

/** What a reply that is no success says, and how long it asks us to wait. */

export interface GhlReply {
  readonly status: number;
  readonly headers: ReplyHeaders;
  readonly body: unknown;
}

const MAX_MESSAGE_LENGTH = 200;

/** The CRM, or what stands in front of it, gave up waiting: the request may still be worked on. */
const TIMED_OUT_STATUSES: ReadonlySet<number> = new Set([408, 504, 524]);
/** Codes of our own time limit and of the network's. */
const TIMED_OUT_CODES: ReadonlySet<string> = new Set(['ERR_CANCELED', 'ECONNABORTED', 'ETIMEDOUT']);

/** Undefined for any 2xx: the documents say 200 where traffic shows 201. */
export function replyFailure(reply: GhlReply, now: Date): CrmFailure | undefined {
  if (reply.status >= 200 && reply.status < 300) return undefined;
  const { kind, waits } = classify(reply);
  return {
    kind,
    status: reply.status,
    message: describe(reply),
    ...(waits ? { retryAfterMs: retryAfterMs(reply.headers, now) } : {}),
    ...(TIMED_OUT_STATUSES.has(reply.status) ? { timedOut: true } : {}),
  };
}

/**
 * For a call that brought no reply at all.
 *
 * @param hasLeft whether anything of the request was handed to a connection
 */
export function connectionFailure(error: unknown, hasLeft: boolean): CrmFailure {
  const code = errorCode(error);
  if (!hasLeft) return { kind: 'unreachable', message: `CRM not reached (${code})` };
  const message = `No reply from the CRM (${code})`;
  return TIMED_OUT_CODES.has(code)
    ? { kind: 'unknown_outcome', message, timedOut: true }
    : { kind: 'unknown_outcome', message };
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
