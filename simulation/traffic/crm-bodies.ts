import type { Persona } from './persona.js';
import type { StoryStep } from './lead-story.js';

/** The ids of one lead in the made-up CRM. */
export interface LeadIds {
  readonly locationId: string;
  readonly contactId: string;
}

export interface StepIds extends LeadIds {
  /** Unique for every delivery but its repeats. */
  readonly deliveryId: string;
}

/** Body of the webhook that the CRM sends for this step: its events flat and in camel case, forms in the plain form. */
export function crmBody(step: StoryStep, persona: Persona, ids: StepIds): string {
  return JSON.stringify({ ...stepBody(step, persona, ids), webhookId: ids.deliveryId });
}

function stepBody(step: StoryStep, persona: Persona, ids: StepIds): object {
  const { locationId, contactId } = ids;
  switch (step.kind) {
    case 'new_contact':
      return { type: 'ContactCreate', locationId, id: contactId, ...contactFields(persona, ids) };
    case 'new_lead':
      return {
        type: 'contact.created',
        location_id: locationId,
        contact_id: contactId,
        message: step.text,
        contact: contactFields(persona, ids),
      };
    case 'message':
    case 'opt_out':
      return { type: 'InboundMessage', ...messageFields(ids, 'inbound', step.text) };
    case 'human_message':
      return {
        type: 'OutboundMessage',
        ...messageFields(ids, 'outbound', step.text),
        source: 'app',
        userId: `user-${locationId}`,
      };
    case 'opportunity':
      return {
        type: step.status === 'open' ? 'OpportunityCreate' : 'OpportunityStatusUpdate',
        locationId,
        id: `deal-${contactId}`,
        contactId,
        name: `${persona.firstName} ${persona.lastName}`,
        monetaryValue: persona.budget.amount,
        pipelineId: `pipeline-${locationId}`,
        source: persona.source,
        status: step.status,
      };
    case 'appointment':
      return {
        type: step.status === 'confirmed' ? 'AppointmentCreate' : 'AppointmentUpdate',
        locationId,
        appointment: {
          id: `visit-${contactId}`,
          title: `Showing in ${persona.area}`,
          calendarId: `calendar-${locationId}`,
          contactId,
          appointmentStatus: step.status,
          source: 'booking_widget',
        },
      };
  }
}

/** Numbers of the range that is reserved for fiction, and a domain that cannot receive mail. */
function contactFields({ firstName, lastName, source }: Persona, { contactId }: LeadIds): object {
  const number = Number.parseInt(contactId.slice(contactId.lastIndexOf('-') + 1), 10) % 100;
  return {
    firstName,
    lastName,
    name: `${firstName} ${lastName}`,
    email: `${contactId}@example.com`,
    phone: `+1214555${String(100 + number).padStart(4, '0')}`,
    ...(source === '' ? {} : { source }),
  };
}

function messageFields(ids: StepIds, direction: 'inbound' | 'outbound', body: string): object {
  const { locationId, contactId, deliveryId } = ids;
  return {
    locationId,
    contactId,
    conversationId: `conversation-${contactId}`,
    messageId: `message-${deliveryId}`,
    messageType: 'SMS',
    direction,
    status: direction === 'inbound' ? 'delivered' : 'sent',
    contentType: 'text/plain',
    body,
  };
}
