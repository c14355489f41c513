/** Webhook bodies as the CRM and the plain form send them, for one location. */

export const LOCATION = 'loc-growth';

/** Scored 94.3, hot, priority high, follow-up `immediate_call` in 60 minutes: figured out by hand from the contract. */
export const HOT_TEXT = 'Pre-approved for $450k, need to buy in Frisco within 30 days';
/** Above the profile's budget: priority `review_required`. */
export const REVIEW_TEXT = 'Looking in Plano, budget up to $900k';
/** Says nothing: scored 35, cold, priority normal, `nurture_sequence` in 1440 minutes. */
export const COLD_TEXT = 'hello';

let serial = 0;

function newId(): string {
  serial += 1;
  return `evt-${serial}`;
}

export interface MessageOptions {
  readonly text?: string;
  /** Left out: the message names none. */
  readonly source?: string;
  readonly at?: Date;
}

/** A message of a lead in the plain form. */
export function message(contactId: string, options: MessageOptions = {}) {
  const { text = HOT_TEXT, source, at = new Date() } = options;
  return {
    type: 'message.received',
    id: newId(),
    location_id: LOCATION,
    contact_id: contactId,
    timestamp: at.toISOString(),
    message: text,
    contact: { firstName: 'Dana', ...(source === undefined ? {} : { source }) },
  };
}

/** A deal of the contact got another status. */
export function opportunityStatus(contactId: string, status: string, at = new Date()) {
  return {
    type: 'OpportunityStatusUpdate',
    webhookId: newId(),
    locationId: LOCATION,
    id: `deal-of-${contactId}`,
    contactId,
    status,
    timestamp: at.toISOString(),
  };
}

export function appointment(contactId: string, state: string, at = new Date()) {
  return {
    type: 'AppointmentCreate',
    webhookId: newId(),
    locationId: LOCATION,
    appointment: { id: `visit-of-${contactId}`, contactId, appointmentStatus: state },
    timestamp: at.toISOString(),
  };
}

/** What a person of the team typed in the CRM. */
export function humanMessage(contactId: string, userId: string, at = new Date()) {
  const id = newId();
  return {
    type: 'OutboundMessage',
    webhookId: id,
    locationId: LOCATION,
    contactId,
    messageId: `message-of-${id}`,
    direction: 'outbound',
    messageType: 'SMS',
    body: 'Hi, it is Ann. When can I call you?',
    source: 'app',
    userId,
    status: 'delivered',
    dateAdded: at.toISOString(),
    timestamp: at.toISOString(),
  };
}
