import { readOutcome } from '../../growth/outcomes/classify-outcome.js';
import type { ReportedChange, StatusSignal } from '../../leads/crm-event.js';
import { isRecord } from '../../shared/loose-json.js';
import { readStatusSignals } from './event-fields.js';
import { APPOINTMENT_TYPES, OPPORTUNITY_TYPES } from './marketplace-changes.js';
import { firstLabel, objectAt, readLabel, type Payload } from './payload.js';

type Reader = (payload: Payload, state: string | undefined) => ReportedChange;

/** By what an author's `event_type` begins with; behind the dot stands the new state. */
const BY_PREFIX: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['opportunity', opportunity],
  ['appointment', appointment],
  ['payment', payment],
]);

/** Names of marketplace events that authors give as `event_type`, lower-cased. */
const BY_NAME: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ...OPPORTUNITY_TYPES.map((name) => [name.toLowerCase(), opportunity] as const),
  ...APPOINTMENT_TYPES.map((name) => [name.toLowerCase(), appointment] as const),
  // What was deleted still carries the state it had.
  ['opportunitydelete', () => ({ subject: 'opportunity', signals: [] })],
  ['appointmentdelete', () => ({ subject: 'appointment', signals: [] })],
  ['customerbookedappointment', (payload) => appointment(payload, 'booked')],
  ['contact.updated', contact],
  ['contactupdate', contact],
  ['contacttagupdate', contact],
]);

/**
 * The change that a workflow webhook reports: by the `event_type` that its author gave it, else by the
 * block that its trigger has put into the body. Undefined where there is neither.
 */
export function reportedChange(
  payload: Payload,
  eventType: string | undefined,
): ReportedChange | undefined {
  if (eventType === undefined) return byBlock(payload);
  const named = BY_NAME.get(eventType);
  if (named !== undefined) return named(payload, undefined);
  const dot = eventType.indexOf('.');
  return BY_PREFIX.get(eventType.slice(0, dot))?.(payload, eventType.slice(dot + 1));
}

/** A block is an object: a custom field of the same name is plain text. */
function byBlock(payload: Payload): ReportedChange | undefined {
  if (isOpportunity(payload)) return opportunity(payload, undefined);
  if (BOOKINGS.some((block) => isRecord(payload[block]))) return appointment(payload, undefined);
  return SALES.some((block) => isRecord(payload[block])) ? payment(payload, undefined) : undefined;
}

/** The third one is the CRM's own spelling. */
const OPPORTUNITY_FIELDS = ['opportunity_name', 'pipeline_id', 'pipleline_stage'];

function isOpportunity(payload: Payload): boolean {
  const isNamed = OPPORTUNITY_FIELDS.some((field) => readLabel(payload[field]) !== undefined);
  return isNamed && readLabel(payload['status']) !== undefined;
}

function contact(payload: Payload): ReportedChange {
  return { subject: 'contact', signals: readStatusSignals(payload, 'contact') };
}

/** A state that means something is what its author reports; "updated" only says that the body tells. */
function opportunity(payload: Payload, state: string | undefined): ReportedChange {
  const inBody = readStatusSignals(payload, 'opportunity');
  if (state === undefined) return { subject: 'opportunity', signals: inBody };
  const reported: StatusSignal = { field: 'status', value: state, subject: 'opportunity' };
  const isMeant = readOutcome([reported]).outcome !== 'unknown';
  return { subject: 'opportunity', signals: isMeant ? [reported] : [...inBody, reported] };
}

const BOOKINGS = ['calendar', 'appointment'];
/** The second one is the CRM's own spelling. */
const BOOKING_STATES = ['appointmentStatus', 'appoinmentStatus', 'status'];

function appointment(payload: Payload, state: string | undefined): ReportedChange {
  const inBody = BOOKINGS.flatMap((block) =>
    BOOKING_STATES.map((field) => objectAt(payload, block)[field]),
  );
  const value = firstLabel([...inBody, state]);
  const signals: readonly StatusSignal[] =
    value === undefined ? [] : [{ field: 'appointmentStatus', value, subject: 'appointment' }];
  return { subject: 'appointment', signals };
}

const SALES = ['payment', 'invoice', 'order'];
const SALE_STATES = ['payment_status', 'paymentStatus', 'status'];
const AMOUNTS = ['total_amount', 'totalAmount', 'amount_paid', 'amountPaid', 'amount', 'total'];

/** Nothing was sold where no money has moved. */
function payment(payload: Payload, state: string | undefined): ReportedChange {
  const holders = [...SALES, 'customData'].map((block) => objectAt(payload, block));
  const valuesOf = (fields: readonly string[]): readonly unknown[] =>
    holders.flatMap((holder) => fields.map((field) => holder[field]));
  const amount = valuesOf(AMOUNTS).find((value) => Number(value) > 0);
  const value = firstLabel([...valuesOf(SALE_STATES), state]);
  const signals: readonly StatusSignal[] =
    amount === undefined || value === undefined
      ? []
      : [{ field: 'payment_status', value, subject: 'payment' }];
  return { subject: 'payment', signals };
}
