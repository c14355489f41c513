import type { Outcome } from '../growth/growth-feature.js';
import {
  APPOINTMENT_OUTCOMES,
  readOutcome,
  type OutcomeMappings,
  type OutcomeReading,
} from '../growth/outcomes/classify-outcome.js';
import { statusKey } from '../growth/outcomes/status-words.js';
import type { Consent } from '../leads/analysis/consent/detect-consent.js';
import type { LeadChange, LeadEvent, StatusSignal } from '../leads/crm-event.js';
import { MAX_LABEL_LENGTH } from '../shared/stored-text.js';

/** What a lead did, as the reports of experiments count it. */
export type MilestoneKind = 'reply' | 'appointment_booked' | 'converted' | 'lost' | 'opted_out';

/** A status that nobody has given a meaning yet, as it was seen once. */
export interface UnmappedStatus {
  readonly locationId: string;
  /** Under which an operator's mapping finds it. */
  readonly statusKey: string;
  readonly field: string;
  readonly value: string;
  readonly seenAt: Date;
}

export interface ChangeReading extends OutcomeReading {
  /** The status, when it is one that an operator may have to give a meaning. */
  readonly unmapped: UnmappedStatus | null;
}

/** Tags are words of every kind, and consent has two states: neither is a status to be mapped. */
const MAPPABLE_SUBJECTS = new Set<StatusSignal['subject']>([
  'contact',
  'opportunity',
  'appointment',
]);

/** What a change says became of its lead. Total: what nobody understands is `unknown`. */
export function readChange(change: LeadChange, mappings: OutcomeMappings): ChangeReading {
  const reading = readOutcome(change.signals, mappings);
  return { ...reading, unmapped: unmappedStatus(change, reading, mappings) };
}

function unmappedStatus(
  { locationId, receivedAt, signals }: LeadChange,
  { outcome, signal }: OutcomeReading,
  mappings: OutcomeMappings,
): UnmappedStatus | null {
  const read = signals.find(
    ({ field, value }) => field === signal?.field && value === signal.value,
  );
  if (outcome !== 'unknown' || read === undefined) return null;
  const key = statusKey(read.value);
  if (!isMappable(read, key) || mappings.has(key)) return null;
  return { locationId, statusKey: key, field: read.field, value: read.value, seenAt: receivedAt };
}

/** Whether a mapping can be kept under it. A status may unfold to a key that is longer than itself, and the key stands in an index. */
export function isStatusKey(key: string): boolean {
  return key !== '' && key.length <= MAX_LABEL_LENGTH;
}

function isMappable({ subject }: StatusSignal, key: string): boolean {
  // No outcome by contract: an appointment that does not take place loses nobody.
  const isUnderstood =
    subject === 'appointment' && APPOINTMENT_OUTCOMES.has(key.replaceAll(' ', ''));
  return isStatusKey(key) && MAPPABLE_SUBJECTS.has(subject) && !isUnderstood;
}

/** What has been read from an event elsewhere. */
export interface MilestoneReading {
  readonly outcome: Outcome;
  /** What the text of a lead event says about being written to. */
  readonly consent?: Consent | null;
}

/**
 * The milestones of one event, each with the time of the event. A lead that refuses further messages
 * has opted out and not replied: else every "STOP" would count for the variant that provoked it.
 */
export function milestonesOf(
  event: LeadEvent | LeadChange,
  { outcome, consent = null }: MilestoneReading,
): readonly MilestoneKind[] {
  return event.kind === 'lead'
    ? milestonesOfLead(event, consent)
    : milestonesOfChange(event, outcome);
}

function milestonesOfLead({ text }: LeadEvent, consent: Consent | null): readonly MilestoneKind[] {
  if (consent === 'opt_out') return ['opted_out'];
  return text.trim() === '' ? [] : ['reply'];
}

function milestonesOfChange(change: LeadChange, outcome: Outcome): readonly MilestoneKind[] {
  const kinds: MilestoneKind[] = [];
  if (isBooking(change)) kinds.push('appointment_booked');
  if (outcome === 'converted' || outcome === 'lost') kinds.push(outcome);
  if (change.doNotDisturb === true) kinds.push('opted_out');
  return kinds;
}

/** Read from the CRM's state alone: an operator's mapping says what a booking is worth, not whether there is one. */
function isBooking({ subject, signals }: LeadChange): boolean {
  return (
    subject === 'appointment' &&
    signals.some(({ value }) => APPOINTMENT_OUTCOMES.get(statusKey(value)) === 'converted')
  );
}
