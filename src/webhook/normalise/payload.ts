import { asRecord, isRecord } from '../../shared/loose-json.js';
import { MAX_ID_LENGTH, MAX_LABEL_LENGTH } from '../../shared/stored-text.js';
import { repairJson } from './repair-json.js';

/** What the raw bytes of a webhook hold. */
export type JsonBody = { readonly ok: true; readonly value: unknown } | { readonly ok: false };

const UTF_8 = new TextDecoder();

/** Bytes that are no UTF-8 become U+FFFD and a byte order mark is dropped: a lead is worth more than a clean string. */
export function decodeBody(rawBody: Buffer): string {
  return UTF_8.decode(rawBody);
}

/** @param isTemplate made by somebody's template, which may have pasted a text raw: then it is mended */
export function parseJsonBody(rawBody: Buffer, isTemplate = false): JsonBody {
  const text = decodeBody(rawBody);
  const parsed = parsedJson(text);
  return parsed.ok || !isTemplate ? parsed : parsedJson(repairJson(text));
}

function parsedJson(text: string): JsonBody {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false };
  }
}

/** A JSON object as the sender wrote it: nothing about its fields is known yet. */
export type Payload = Readonly<Record<string, unknown>>;

/** The nested object of that name; an empty one when there is none, so that look-ups can be chained. */
export function objectAt(payload: Payload, field: string): Payload {
  return asRecord(payload[field]);
}

/**
 * CRM events are flat, though the CRM's own guide once showed them inside `data`.
 * Both are read alike; what stands outside wins.
 */
export function unwrapEnvelope(payload: Payload): Payload {
  return isRecord(payload['data']) ? { ...payload['data'], ...payload } : payload;
}

/** Makes a string storable: PostgreSQL refuses NUL and unpaired surrogates (emoji cut in half). */
export function repairText(value: string): string {
  return value.replaceAll('\u0000', '').toWellFormed();
}

/** What senders write where they have nothing to say. */
const NO_VALUES = new Set(['', 'null', 'undefined', 'N/A']);

function isNoValue(text: string): boolean {
  return NO_VALUES.has(text);
}

/** Of a workflow whose author named a field that is not there: `{{contact.id}}`. */
export function isMergeField(text: string): boolean {
  return /^\s*(?:\{\{[^{}]{0,200}\}\}\s*)+$/.test(text);
}

/** A short text, trimmed, repaired and bounded; undefined when it is no text or says nothing. */
export function readLabel(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  // Cut first: the cut may itself split a surrogate pair.
  const label = repairText(value.trim().slice(0, MAX_LABEL_LENGTH)).trim();
  return isNoValue(label) || isMergeField(label) ? undefined : label;
}

export function firstLabel(candidates: readonly unknown[]): string | undefined {
  for (const candidate of candidates) {
    const label = readLabel(candidate);
    if (label !== undefined) return label;
  }
  return undefined;
}

/** A field of the payload that makes the whole delivery unusable. */
export interface FieldError {
  readonly field: string;
  readonly message: string;
}

/**
 * Reads the ids of one delivery and keeps what is wrong with them. A shape reads on after a bad id
 * (it gets an empty one), so that the sender learns of every fault at once; whoever called the shape
 * must look at `errors` before using the event.
 */
export class IdReader {
  private readonly found: FieldError[] = [];

  /** @param ownLocation stands in for a location that a body leaves out; null when there is none */
  constructor(private readonly ownLocation: string | null = null) {}

  get errors(): readonly FieldError[] {
    return this.found;
  }

  required(field: string, candidates: readonly unknown[]): string {
    const id = this.optional(field, candidates);
    if (id === null) this.reject(field, 'is required');
    return id ?? '';
  }

  location(field: string, candidates: readonly unknown[]): string {
    return this.required(field, [...candidates, this.ownLocation]);
  }

  /** The first candidate that is a non-blank string or a number; a bad one is an error, not skipped. */
  optional(field: string, candidates: readonly unknown[]): string | null {
    const id = firstId(candidates);
    if (id === undefined) return null;
    const fault = faultOf(id);
    if (fault === undefined) return id;
    this.reject(field, fault);
    return null;
  }

  /** The first fault of a field is the one that is told. */
  private reject(field: string, message: string): void {
    const isKnown = this.found.some((error) => error.field === field);
    if (!isKnown) this.found.push({ field, message });
  }
}

function firstId(candidates: readonly unknown[]): string | undefined {
  for (const candidate of candidates) {
    const id = asId(candidate);
    if (id !== '') return id;
  }
  return undefined;
}

function asId(candidate: unknown): string {
  if (typeof candidate === 'string') return isNoValue(candidate.trim()) ? '' : candidate.trim();
  return typeof candidate === 'number' && Number.isFinite(candidate) ? String(candidate) : '';
}

function faultOf(id: string): string | undefined {
  if (id.length > MAX_ID_LENGTH) return `must not be longer than ${MAX_ID_LENGTH} characters`;
  if (isMergeField(id)) return 'is a merge field that was not filled in';
  if (id.includes('\u0000')) return 'must not contain NUL';
  if (!id.isWellFormed()) return 'must not contain unpaired surrogates';
  return undefined;
}

/** Clocks differ; an event further ahead of ours than this has a wrong time. */
const MAX_AHEAD_MS = 5 * 60_000;
/** The CRM did not exist earlier. */
const EARLIEST_MS = Date.UTC(2000, 0, 1);
/** Below this a number counts seconds, above it milliseconds (it is 1973 in milliseconds, the year 5138 in seconds). */
const FIRST_EPOCH_MS = 100_000_000_000;

const ISO_TIME =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)\s?(Z|[+-]\d{2}:?\d{2})?)?$/i;
const EPOCH = /^\d{9,13}$/;

/** The first usable time among the candidates; the time of arrival when there is none. */
export function eventTime(candidates: readonly unknown[], receivedAt: Date): Date {
  for (const candidate of candidates) {
    const instantMs = parseInstant(candidate);
    if (instantMs >= EARLIEST_MS && instantMs <= receivedAt.getTime() + MAX_AHEAD_MS) {
      return new Date(instantMs);
    }
  }
  return receivedAt;
}

/** Milliseconds since 1970; NaN when the value is no time. `Date.parse` alone reads a date into almost any text. */
function parseInstant(value: unknown): number {
  if (typeof value === 'number') return fromEpoch(value);
  if (typeof value !== 'string') return Number.NaN;
  const text = value.trim();
  if (EPOCH.test(text)) return fromEpoch(Number(text));
  const [, day, time, zone] = ISO_TIME.exec(text) ?? [];
  if (day === undefined || !isCalendarDay(day)) return Number.NaN;
  return Date.parse(time === undefined ? day : `${day}T${time}${isoZone(zone)}`);
}

/** `Date.parse` reads 30 February as a day in March. */
function isCalendarDay(day: string): boolean {
  const instantMs = Date.parse(day);
  return !Number.isNaN(instantMs) && new Date(instantMs).toISOString().startsWith(day);
}

function fromEpoch(value: number): number {
  return value < FIRST_EPOCH_MS ? value * 1000 : value;
}

/** A time without a zone is UTC: it must not depend on where this server stands. */
function isoZone(zone: string | undefined): string {
  if (zone === undefined) return 'Z';
  return zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone.toUpperCase();
}
