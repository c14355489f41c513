import type { SecondReading } from './second-reading.js';

/** A delivery normalised: what happened in the CRM, in one vocabulary whichever shape it came in. */

export interface ContactProfile {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly email?: string;
  readonly phone?: string;
  /** IANA zone as the CRM holds it. */
  readonly timezone?: string;
  /** CRM user who owns the contact. */
  readonly assignedTo?: string;
  readonly tags?: readonly string[];
  /** Do-not-disturb of the whole contact. */
  readonly dnd?: boolean;
}

interface CrmEventBase {
  /** The event's name as it was sent, e.g. `InboundMessage` or `message.received`. */
  readonly type: string;
  readonly locationId: string;
  /** Time of the event itself; the time of arrival when the sender gave none that is usable. */
  readonly occurredAt: Date;
  readonly receivedAt: Date;
}

/** Something to answer: section "which are lead events" of the contract. */
export interface LeadEvent extends CrmEventBase {
  readonly kind: 'lead';
  readonly contactId: string;
  /** Repaired text of the message; empty when the event carries none. */
  readonly text: string;
  readonly contact: ContactProfile;
  /** Trimmed, lower-cased source named by the event itself; null when it names none. */
  readonly source: string | null;
  /** Last resort for the source, used only when nothing is stored. */
  readonly channel: string | null;
  /** CRM message type to answer on: SMS, Email, WhatsApp, IG, FB, Live_Chat … */
  readonly replyChannel: string;
  readonly messageId: string | null;
  readonly conversationId: string | null;
  readonly signals: readonly StatusSignal[];
  /** A change that is reported beside the message. */
  readonly reported?: ReportedChange;
}

/** What of a change its trigger tells. */
export interface ReportedChange {
  readonly subject: ChangeSubject;
  readonly signals: readonly StatusSignal[];
}

/** Fields of a payload that hold a status, in order of authority: the first that is given decides. */
export const STATUS_FIELDS = [
  'opportunity_status',
  'opportunityStatus',
  'status',
  'stage',
  'pipeline_stage',
  'pipelineStage',
] as const;

/** A status-like field as sent; `field` is its name in the payload. */
export interface StatusSignal {
  readonly field: string;
  readonly value: string;
  /** An appointment's states read differently from an opportunity's. */
  readonly subject: ChangeSubject;
}

/** What a change is about. */
export type ChangeSubject =
  'contact' | 'opportunity' | 'appointment' | 'payment' | 'consent' | 'tag';

/** A message that is asked about and that no CRM sent: of no source, channel or conversation. */
export function askedLead(
  at: Date,
  asked: Pick<LeadEvent, 'type' | 'locationId' | 'contactId' | 'text'> &
    Partial<Pick<LeadEvent, 'contact'>>,
): LeadEvent {
  return {
    kind: 'lead',
    occurredAt: at,
    receivedAt: at,
    contact: {},
    source: null,
    channel: null,
    replyChannel: 'SMS',
    messageId: null,
    conversationId: null,
    signals: [],
    ...asked,
  };
}

/** Contact, opportunity, appointment, tag and consent changes: no reply, but they may end a follow-up or be an outcome. */
export interface LeadChange extends CrmEventBase {
  readonly kind: 'change';
  readonly subject: ChangeSubject;
  readonly contactId: string;
  readonly contact: ContactProfile;
  readonly source: string | null;
  readonly signals: readonly StatusSignal[];
  /** Set on consent events: true when texting this contact is blocked. */
  readonly doNotDisturb?: boolean;
  /** On consent events: what the CRM says of each channel it names; `*` is every one. */
  readonly doNotDisturbChannels?: readonly ChannelBlock[];
}

export interface ChannelBlock {
  readonly channel: string;
  readonly isOn: boolean;
}

/** A message that went out of the CRM, by whomever. */
export interface OutboundMessage extends CrmEventBase {
  readonly kind: 'outbound';
  readonly contactId: string;
  readonly text: string;
  readonly messageId: string | null;
  /** workflow, bulk_actions, campaign, api, app … */
  readonly sentBy: string | null;
  readonly userId: string | null;
  readonly status: string | null;
}

/** HighLevel marks what a user typed with `source: app` and the user's id. */
export function isHumanMessage(message: OutboundMessage): boolean {
  return message.sentBy === 'app' && message.userId !== null;
}

/** Authentic, understood or not, and of no consequence for a lead. */
export interface OtherEvent extends CrmEventBase {
  readonly kind: 'other';
  readonly contactId: string | null;
  /** False when nobody knows this type. */
  readonly known: boolean;
}

/** Somebody has completed a task in the CRM. */
export interface CompletedTask extends CrmEventBase {
  readonly kind: 'task';
  readonly contactId: string;
  readonly title: string;
}

/** A message of a lead that was read once more: only this service makes these. */
export interface ReadingEvent extends CrmEventBase {
  readonly kind: 'reading';
  readonly contactId: string;
  /** Delivery id of the message. */
  readonly of: string;
  /** Name of the message's own event. */
  readonly messageType: string;
  /** What the lead wrote itself in it. */
  readonly text: string;
  readonly replyChannel: string;
  readonly reading: SecondReading;
}

export type CrmEvent =
  LeadEvent | LeadChange | OutboundMessage | CompletedTask | ReadingEvent | OtherEvent;

/** One webhook request, authenticated and understood. */
export interface Delivery {
  readonly locationId: string;
  /** The contract's delivery id; `webhook_id` of the reply. */
  readonly deliveryId: string;
  /** Ids that make a repeat of this delivery, each held for its own time. */
  readonly claims: readonly DeliveryClaim[];
  /** How the sender proved itself: hmac, ed25519, workflow; unverified in warn mode. */
  readonly scheme: string;
  /** The raw body as text, kept for replay. */
  readonly body: string;
  readonly event: CrmEvent;
}

export interface DeliveryClaim {
  readonly id: string;
  readonly ttlSeconds: number;
}

/** Whether a delivery reads or changes a lead. */
export function concernsLead({ event }: Delivery): boolean {
  return event.contactId !== null && event.kind !== 'other';
}
