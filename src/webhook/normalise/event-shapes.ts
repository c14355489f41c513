import { APPOINTMENT_DELETED, appointmentChanged } from './appointment.js';
import { contactConsentChanged } from './consent.js';
import { contactTagsChanged } from './contact-tags.js';
import type { EventShape } from './event-shape.js';
import { contactCreated, contactUpdated } from './marketplace-contact.js';
import { inboundMessage, outboundMessage } from './marketplace-message.js';
import { opportunityChanged } from './opportunity.js';
import { PLAIN_CHANGE_TYPE, PLAIN_LEAD_TYPES, plainChange, plainLead } from './plain-form.js';

const OPPORTUNITY_TYPES = [
  'OpportunityCreate',
  'OpportunityUpdate',
  'OpportunityDelete',
  'OpportunityStatusUpdate',
  'OpportunityStageUpdate',
  'OpportunityAssignedToUpdate',
  'OpportunityMonetaryValueUpdate',
];

const APPOINTMENT_TYPES = ['AppointmentCreate', 'AppointmentUpdate', APPOINTMENT_DELETED];

/** A Map, so that a type named `constructor` finds nothing. */
const SHAPES: ReadonlyMap<string, EventShape> = new Map<string, EventShape>([
  ...PLAIN_LEAD_TYPES.map((type) => [type, plainLead] as const),
  [PLAIN_CHANGE_TYPE, plainChange],
  ['ContactCreate', contactCreated],
  ['ContactUpdate', contactUpdated],
  ['ContactTagUpdate', contactTagsChanged],
  ['ContactDndUpdate', contactConsentChanged],
  ['InboundMessage', inboundMessage],
  ['OutboundMessage', outboundMessage],
  ...OPPORTUNITY_TYPES.map((type) => [type, opportunityChanged] as const),
  ...APPOINTMENT_TYPES.map((type) => [type, appointmentChanged] as const),
]);

/** The shape of the bodies that carry this type and mean something for a lead. */
export function shapeNamed(type: string): EventShape | undefined {
  return SHAPES.get(type);
}
