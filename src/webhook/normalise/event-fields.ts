import {
  STATUS_FIELDS,
  type ContactProfile,
  type CrmEvent,
  type OutboundMessage,
  type StatusSignal,
} from '../../leads/crm-event.js';
import { toE164 } from '../../privacy/contact-address.js';
import { firstLabel, objectAt, readLabel, type IdReader, type Payload } from './payload.js';

/** What a shape is given: one body, unwrapped, with its type read. */
export interface Envelope {
  readonly type: string;
  readonly payload: Payload;
  readonly receivedAt: Date;
  /** Collects what is wrong with the ids; see there. */
  readonly ids: IdReader;
}

export interface ShapedEvent {
  readonly event: CrmEvent;
  /** Id of the message that the lead sent: a repeat of it must not be answered, whichever way it comes. */
  readonly messageId: string | null;
}

/** Reads one family of bodies. Never throws and never recurses, whatever the body holds. */
export type EventShape = (envelope: Envelope) => ShapedEvent;

/** What went out of the CRM by whatever hand: a person cannot be told from a workflow by such a body. */
export function unsignedOutbound(
  {
    type,
    locationId,
    contactId,
    occurredAt,
    receivedAt,
  }: Pick<OutboundMessage, 'type' | 'locationId' | 'contactId' | 'occurredAt' | 'receivedAt'>,
  said: Pick<OutboundMessage, 'text' | 'messageId'>,
): ShapedEvent {
  const sender = { sentBy: null, userId: null, status: null };
  const base = { type, locationId, contactId, occurredAt, receivedAt };
  return { messageId: null, event: { kind: 'outbound', ...base, ...said, ...sender } };
}

/** All places in which one of the shapes names its location, the most specific first. */
export function locationCandidates(payload: Payload): readonly unknown[] {
  return [
    payload['locationId'],
    payload['location_id'],
    objectAt(payload, 'location')['id'],
    objectAt(payload, 'customData')['location_id'],
  ];
}

export function contactCandidates(payload: Payload): readonly unknown[] {
  return [
    payload['contact_id'],
    payload['contactId'],
    objectAt(payload, 'contact')['id'],
    objectAt(payload, 'customData')['contact_id'],
  ];
}

/** More tags than any contact has; a bound on what is stored. */
const MAX_TAGS = 200;

/** What the given objects say of the contact, the first to speak winning. Wrong types are passed over. */
export function readContactProfile(holders: readonly Payload[]): ContactProfile {
  const firstName = labelOf(holders, ['firstName', 'first_name']) ?? firstWordOfName(holders);
  return withoutUndefined({
    firstName,
    lastName: labelOf(holders, ['lastName', 'last_name']),
    email: labelOf(holders, ['email']),
    phone: readPhone(holders),
    timezone: labelOf(holders, ['timezone']),
    assignedTo: labelOf(holders, ['assignedTo', 'assigned_to']),
    tags: firstOf(holders, 'tags', readTags),
    dnd: firstOf(holders, 'dnd', readFlag),
  });
}

function labelOf(holders: readonly Payload[], fields: readonly string[]): string | undefined {
  return firstLabel(holders.flatMap((holder) => fields.map((field) => holder[field])));
}

/** As E.164, by which contacts of the same number are found; what is no number stays as it was written. */
function readPhone(holders: readonly Payload[]): string | undefined {
  const phone = labelOf(holders, ['phone']);
  return toE164(phone) ?? phone;
}

function firstWordOfName(holders: readonly Payload[]): string | undefined {
  return labelOf(holders, ['name', 'fullName', 'full_name'])?.split(/\s/)[0];
}

function firstOf<T>(
  holders: readonly Payload[],
  field: string,
  read: (value: unknown) => T | undefined,
): T | undefined {
  for (const holder of holders) {
    const value = read(holder[field]);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** Marketplace events send an array, workflow webhooks one comma-separated string; empty means "has no tags". */
function readTags(value: unknown): readonly string[] | undefined {
  const raw: unknown = typeof value === 'string' ? value.split(',') : value;
  if (!Array.isArray(raw)) return undefined;
  return raw.slice(0, MAX_TAGS).flatMap((tag) => readLabel(tag) ?? []);
}

function readFlag(value: unknown): boolean | undefined {
  if (value === true || value === 'true') return true;
  return value === false || value === 'false' ? false : undefined;
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function withoutUndefined<T extends object>(value: T): Defined<T> {
  const entries = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(entries) as Defined<T>;
}

/**
 * The source that the event itself names. `holders` are the objects that describe the contact:
 * its own object, and the body where the contact's fields lie flat in it.
 */
export function leadSource(payload: Payload, holders: readonly Payload[]): string | null {
  const contact = objectAt(payload, 'contact');
  const source = firstLabel([
    ...holders.flatMap((holder) => [
      holder['source'],
      holder['lead_source'],
      holder['sourceName'],
      holder['utm_source'],
    ]),
    payload['contact_source'],
    contact['contact_source'],
    ...attributedTo(objectAt(payload, 'attributionSource')),
    ...attributedTo(objectAt(contact, 'attributionSource')),
    objectAt(payload, 'conversation')['source'],
  ]);
  return source?.toLowerCase() ?? null;
}

/** Ways in which a contact comes into the CRM that say nothing about where it comes from. */
const UNTELLING_MEDIUMS = new Set(['manual', 'csv_import', 'form']);

function attributedTo({ utmSource, adSource, medium }: Payload): readonly unknown[] {
  const isTelling = !UNTELLING_MEDIUMS.has(readLabel(medium)?.toLowerCase() ?? '');
  return [utmSource, adSource, ...(isTelling ? [medium] : [])];
}

/** How the lead came in: stands in for a source when nothing better is known or stored. */
export function leadChannel(payload: Payload): string | null {
  return firstLabel([objectAt(payload, 'conversation')['channel']])?.toLowerCase() ?? null;
}

/** Every status the payload carries, the most authoritative first; `rootSubject` says what its top level describes. */
export function readStatusSignals(
  payload: Payload,
  rootSubject: 'contact' | 'opportunity',
): readonly StatusSignal[] {
  const holders: readonly [Payload, 'contact' | 'opportunity'][] = [
    [payload, rootSubject],
    [objectAt(payload, 'contact'), 'contact'],
    [objectAt(payload, 'opportunity'), 'opportunity'],
    [objectAt(payload, 'customData'), rootSubject],
  ];
  return STATUS_FIELDS.flatMap((field) =>
    holders.flatMap(([holder, subject]) => {
      const value = readLabel(holder[field]);
      if (value === undefined) return [];
      return [{ field, value, subject: field.startsWith('opportunity') ? 'opportunity' : subject }];
    }),
  );
}
