import {
  askedLead,
  type LeadChange,
  type LeadEvent,
  type StatusSignal,
} from '../../leads/crm-event.js';

export const CHANGED_AT = new Date('2026-03-02T15:00:00.000Z');

/** An opportunity that was won. */
export function sampleChange(changes: Partial<LeadChange> = {}): LeadChange {
  return {
    kind: 'change',
    subject: 'opportunity',
    type: 'OpportunityStatusUpdate',
    locationId: 'loc-1',
    contactId: 'contact-1',
    occurredAt: CHANGED_AT,
    receivedAt: CHANGED_AT,
    contact: {},
    source: null,
    signals: [sampleSignal('won')],
    ...changes,
  };
}

export function sampleSignal(value: string, changes: Partial<StatusSignal> = {}): StatusSignal {
  return { field: 'status', value, subject: 'opportunity', ...changes };
}

/** A change of an appointment's state. */
export function appointmentChange(state: string): LeadChange {
  return sampleChange({
    subject: 'appointment',
    signals: [sampleSignal(state, { field: 'appointmentStatus', subject: 'appointment' })],
  });
}

/** A message of a lead. */
export function sampleMessage(text: string): LeadEvent {
  return askedLead(CHANGED_AT, {
    type: 'InboundMessage',
    locationId: 'loc-1',
    contactId: 'contact-1',
    text,
  });
}
