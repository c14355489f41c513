import type { CrmEvent } from '../../leads/crm-event.js';
import type { IdReader } from './id-reader.js';
import { objectAt, type Payload } from './payload.js';

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
