import type { Outcome } from '../../growth/growth-feature.js';
import { statusKey } from '../../growth/outcomes/status-words.js';
import type { Consent } from '../../leads/analysis/detect-consent.js';
import type { LeadChange, LeadEvent } from '../../leads/crm-event.js';

/** What a lead did, as the reports of experiments count it. */
export const MILESTONE_KINDS = [
  'reply',
  'appointment_booked',
  'converted',
  'lost',
  'opted_out',
] as const;
export type MilestoneKind = (typeof MILESTONE_KINDS)[number];

/** The CRM's states of an appointment that stands or took place. */
const BOOKED_STATES = new Set(['new', 'confirmed', 'showed']);

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
    subject === 'appointment' && signals.some(({ value }) => BOOKED_STATES.has(statusKey(value)))
  );
}
