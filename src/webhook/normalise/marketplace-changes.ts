import { EVERY_CHANNEL } from '../../consent/consent-register.js';
import type { ChannelBlock, LeadChange, StatusSignal } from '../../leads/crm-event.js';
import {
  contactCandidates,
  leadSource,
  locationCandidates,
  readContactProfile,
  readStatusSignals,
  type Envelope,
  type ShapedEvent,
} from './event-fields.js';
import { replyChannel } from './message-fields.js';
import { eventTime, objectAt, readLabel, type Payload } from './payload.js';

/** A contact was created: a lead that has said nothing yet. */
export function contactCreated(envelope: Envelope): ShapedEvent {
  const { payload, receivedAt } = envelope;
  return {
    messageId: null,
    event: {
      ...contactBase(envelope),
      kind: 'lead',
      // The time of creation is the lead's; `timestamp` is only when the CRM sent the event.
      occurredAt: eventTime([payload['dateAdded'], payload['timestamp']], receivedAt),
      text: '',
      channel: null,
      replyChannel: replyChannel([]),
      messageId: null,
      conversationId: null,
      signals: readStatusSignals(payload, 'contact'),
    },
  };
}

export function contactUpdated(envelope: Envelope): ShapedEvent {
  const signals = readStatusSignals(envelope.payload, 'contact');
  return {
    event: { ...contactChange(envelope), subject: 'contact', signals },
    messageId: null,
  };
}

/** What every change of a contact carries; the families of consent and tags add theirs. */
function contactChange(envelope: Envelope): Omit<LeadChange, 'subject' | 'signals'> {
  return { ...contactBase(envelope), kind: 'change' };
}

/** The contact's fields lie flat in the body, and `id` is the contact. */
function contactBase({ type, payload, ids, receivedAt }: Envelope) {
  const holders = [payload, objectAt(payload, 'contact')];
  return {
    type,
    locationId: ids.location('locationId', locationCandidates(payload)),
    contactId: ids.required('id', [payload['id'], payload['contactId'], payload['contact_id']]),
    occurredAt: eventTime([payload['timestamp']], receivedAt),
    receivedAt,
    contact: readContactProfile(holders),
    source: leadSource(payload, holders),
  };
}

/** The event carries all tags that the contact now has, not those that changed. */
export function contactTagsChanged(envelope: Envelope): ShapedEvent {
  const change = contactChange(envelope);
  const tags = change.contact.tags ?? [];
  return {
    messageId: null,
    event: {
      ...change,
      subject: 'tag',
      signals: tags.map((tag) => ({ field: 'tags', value: tag, subject: 'tag' })),
    },
  };
}

/** `permanent` is set by a STOP and cannot be lifted in the CRM. */
const BLOCKING_STATES: readonly unknown[] = ['active', 'permanent'];

const BLOCKED: readonly StatusSignal[] = [{ field: 'dnd', value: 'dnd', subject: 'consent' }];

/** Do-not-disturb switched on or off, for the whole contact or for some channels. */
export function contactConsentChanged(envelope: Envelope): ShapedEvent {
  const doNotDisturb = isTextingBlocked(envelope.payload);
  return {
    messageId: null,
    event: {
      ...contactChange(envelope),
      subject: 'consent',
      doNotDisturb,
      doNotDisturbChannels: readChannelBlocks(envelope.payload),
      signals: doNotDisturb ? BLOCKED : [],
    },
  };
}

/** As versions 2 and 3 of the CRM's API spell them. */
const DND_CHANNELS = new Map([
  ['sms', 'SMS'],
  ['call', 'Call'],
  ['email', 'Email'],
  ['whatsapp', 'WhatsApp'],
  ['rcs', 'RCS'],
  ['gmb', 'GMB'],
  ['fb', 'FB'],
]);

/** The whole contact first, then each channel that is named. */
function readChannelBlocks(payload: Payload): readonly ChannelBlock[] {
  const settings = objectAt(payload, 'dndSettings');
  const isWhole = payload['dnd'] === true || payload['dnd'] === 'true';
  const named = Object.keys(settings).flatMap((name) => {
    const channel = DND_CHANNELS.get(name.toLowerCase());
    const { status } = objectAt(settings, name);
    return channel === undefined || status === undefined
      ? []
      : [{ channel, isOn: BLOCKING_STATES.includes(status) }];
  });
  return [{ channel: EVERY_CHANNEL, isOn: isWhole }, ...named];
}

/**
 * The two places can contradict each other, so either one blocks (consent fails closed). Versions 2
 * and 3 of the CRM's API spell the channel differently. A channel other than text messages does not block.
 */
function isTextingBlocked(payload: Payload): boolean {
  const channels = objectAt(payload, 'dndSettings');
  return (
    payload['dnd'] === true ||
    payload['dnd'] === 'true' ||
    ['SMS', 'sms'].some((key) => BLOCKING_STATES.includes(objectAt(channels, key)['status']))
  );
}

const OPPORTUNITY_DELETED = 'OpportunityDelete';
export const OPPORTUNITY_TYPES = [
  'OpportunityCreate',
  'OpportunityUpdate',
  OPPORTUNITY_DELETED,
  'OpportunityStatusUpdate',
  'OpportunityStageUpdate',
  'OpportunityAssignedToUpdate',
  'OpportunityMonetaryValueUpdate',
];

/** A deal was created, moved, decided or deleted: its `status` says how far the lead has come. */
export function opportunityChanged({ type, payload, ids, receivedAt }: Envelope): ShapedEvent {
  return {
    messageId: null,
    event: {
      kind: 'change',
      subject: 'opportunity',
      type,
      locationId: ids.location('locationId', locationCandidates(payload)),
      contactId: ids.required('contactId', contactCandidates(payload)),
      occurredAt: eventTime([payload['timestamp']], receivedAt),
      receivedAt,
      contact: {},
      // The CRM copies the contact's source into the deal.
      source: leadSource(payload, [payload]),
      // A deleted deal still carries the status it had: "won" would read as a sale.
      signals: type === OPPORTUNITY_DELETED ? [] : readStatusSignals(payload, 'opportunity'),
    },
  };
}

const APPOINTMENT_DELETED = 'AppointmentDelete';
export const APPOINTMENT_TYPES = ['AppointmentCreate', 'AppointmentUpdate', APPOINTMENT_DELETED];

/** An appointment was booked, changed or deleted. Its own `source` is the booking page, not the lead's source. */
export function appointmentChanged({ type, payload, ids, receivedAt }: Envelope): ShapedEvent {
  const appointment = objectAt(payload, 'appointment');
  return {
    messageId: null,
    event: {
      kind: 'change',
      subject: 'appointment',
      type,
      locationId: ids.location('locationId', locationCandidates(payload)),
      contactId: ids.required('contactId', [
        appointment['contactId'],
        ...contactCandidates(payload),
      ]),
      occurredAt: eventTime([payload['timestamp']], receivedAt),
      receivedAt,
      contact: {},
      source: null,
      // A deleted appointment still carries the state it had: "confirmed" would read as a booking.
      signals: type === APPOINTMENT_DELETED ? [] : appointmentState(appointment, payload),
    },
  };
}

function appointmentState(appointment: Payload, payload: Payload): readonly StatusSignal[] {
  const field = 'appointmentStatus';
  const value = readLabel(appointment[field]) ?? readLabel(payload[field]);
  return value === undefined ? [] : [{ field, value, subject: 'appointment' }];
}
