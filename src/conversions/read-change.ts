import {
  readOutcome,
  type OutcomeMappings,
  type OutcomeReading,
} from '../growth/outcomes/classify-outcome.js';
import { statusKey } from '../growth/outcomes/status-words.js';
import type { LeadChange, StatusSignal } from '../leads/crm-event.js';

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

/** Longer texts are no status that anybody maps; also bounds the key of a database index. */
export const MAX_STATUS_KEY_LENGTH = 256;
/** Tags are words of every kind, and consent has two states: neither is a status to be mapped. */
const MAPPABLE_SUBJECTS = new Set<StatusSignal['subject']>([
  'contact',
  'opportunity',
  'appointment',
]);
/** Understood, and no outcome by contract: an appointment that does not take place loses nobody. */
const APPOINTMENT_STATES_WITHOUT_OUTCOME = new Set(['cancelled', 'canceled', 'noshow', 'invalid']);

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

function isMappable({ subject }: StatusSignal, key: string): boolean {
  const isUnderstood =
    subject === 'appointment' && APPOINTMENT_STATES_WITHOUT_OUTCOME.has(key.replaceAll(' ', ''));
  const isKey = key !== '' && key.length <= MAX_STATUS_KEY_LENGTH;
  return isKey && MAPPABLE_SUBJECTS.has(subject) && !isUnderstood;
}
