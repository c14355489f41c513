import type { StatusSignal } from '../../leads/crm-event.js';
import {
  contactCandidates,
  locationCandidates,
  type Envelope,
  type ShapedEvent,
} from './event-shape.js';
import { eventTime } from './event-time.js';
import { objectAt, type Payload } from './payload.js';
import { readLabel } from './text.js';

export const APPOINTMENT_DELETED = 'AppointmentDelete';

/** An appointment was booked, changed or deleted. Its own `source` is the booking page, not the lead's source. */
export function appointmentChanged({ type, payload, ids, receivedAt }: Envelope): ShapedEvent {
  const appointment = objectAt(payload, 'appointment');
  return {
    messageId: null,
    event: {
      kind: 'change',
      subject: 'appointment',
      type,
      locationId: ids.required('locationId', locationCandidates(payload)),
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
