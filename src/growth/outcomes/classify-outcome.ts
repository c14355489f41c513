import { STATUS_FIELDS, type StatusSignal } from '../../leads/crm-event.js';
import type { Outcome } from '../growth-feature.js';
import type { TermMeaning } from './outcome-terms.js';
import { beginsTerm } from './outcome-terms.js';
import type { Statement } from './status-reading.js';
import { readStatements } from './status-reading.js';
import { statusKey, statusWords } from './status-words.js';

/** What an operator has mapped ("our stage X means converted"), by `statusKey`. */
export type OutcomeMappings = ReadonlyMap<string, Outcome>;

export interface OutcomeReading {
  readonly outcome: Outcome;
  /** What it was read from; null when no status was given at all. */
  readonly signal: { readonly field: string; readonly value: string } | null;
}

const STRONGEST_FIRST: readonly Outcome[] = ['lost', 'converted', 'active', 'unknown'];
/**
 * The CRM's own states of an appointment, joined: `no-show` and `No Show` are `noshow`. One that stands
 * or took place is a conversion; one that does not take place is understood, and no outcome.
 */
export const APPOINTMENT_OUTCOMES: ReadonlyMap<string, Outcome> = new Map([
  ['new', 'converted'],
  ['booked', 'converted'],
  ['confirmed', 'converted'],
  ['showed', 'converted'],
  ['cancelled', 'unknown'],
  ['canceled', 'unknown'],
  ['noshow', 'unknown'],
  ['invalid', 'unknown'],
]);
/** Money that has moved is a conversion; any other state of a payment is understood, and no outcome. */
const PAYMENT_OUTCOMES: ReadonlyMap<string, Outcome> = new Map([
  ['succeeded', 'converted'],
  ['paid', 'converted'],
  ['completed', 'converted'],
]);
/** A do-not-disturb switch as the CRM words it; `active` means that the contact is blocked. */
const CONSENT_OUTCOMES: ReadonlyMap<string, Outcome> = new Map([
  ['true', 'lost'],
  ['on', 'lost'],
  ['yes', 'lost'],
  ['active', 'lost'],
  ['permanent', 'lost'],
  ['false', 'unknown'],
  ['off', 'unknown'],
  ['no', 'unknown'],
  ['inactive', 'unknown'],
]);

const NO_MAPPINGS: OutcomeMappings = new Map();

/** Reads one status. An operator's mapping wins over everything; what nobody understands is `unknown`. */
export function classifyOutcome(
  signal: StatusSignal,
  mappings: OutcomeMappings = NO_MAPPINGS,
): Outcome {
  const key = statusKey(signal.value);
  return (
    mappings.get(key) ??
    outcomeOfState(signal, key.replaceAll(' ', '')) ??
    outcomeOf(readStatements(statusWords(signal.value, beginsTerm)))
  );
}

/** Where the subject has states of its own; undefined where its words have to tell. */
function outcomeOfState({ field, subject }: StatusSignal, state: string): Outcome | undefined {
  if (subject === 'payment') return PAYMENT_OUTCOMES.get(state) ?? 'unknown';
  if (subject === 'consent') return CONSENT_OUTCOMES.get(state);
  const isAppointment = subject === 'appointment' || /^appointment_?status$/i.test(field);
  return isAppointment ? APPOINTMENT_OUTCOMES.get(state) : undefined;
}

/** Reads everything that an event says. Among tags, which have no order, the strongest outcome counts. */
export function readOutcome(
  signals: readonly StatusSignal[],
  mappings: OutcomeMappings = NO_MAPPINGS,
): OutcomeReading {
  const given = signals.filter(({ value }) => value.trim() !== '');
  const statuses = given.filter(({ subject }) => subject !== 'tag');
  const deciding = firstByField(statuses) ?? statuses[0];
  const candidates = deciding === undefined ? given : [deciding];
  const readings = candidates.map((signal) => ({
    outcome: classifyOutcome(signal, mappings),
    signal: { field: signal.field, value: signal.value },
  }));
  for (const outcome of STRONGEST_FIRST) {
    const reading = readings.find((candidate) => candidate.outcome === outcome);
    if (reading !== undefined) return reading;
  }
  return { outcome: 'unknown', signal: null };
}

function firstByField(signals: readonly StatusSignal[]): StatusSignal | undefined {
  for (const field of STATUS_FIELDS) {
    const signal = signals.find((candidate) => candidate.field === field);
    if (signal !== undefined) return signal;
  }
  return undefined;
}

/** Lost before converted before active; a denied statement does not count, denied interest is lost. */
function outcomeOf(statements: readonly Statement[]): Outcome {
  const says = (meaning: TermMeaning, isNegated = false): boolean =>
    statements.some((said) => said.meaning === meaning && said.isNegated === isNegated);
  if (says('lost') || says('interest', true)) return 'lost';
  if (says('converted') || (says('booking') && !says('cancelled'))) return 'converted';
  return says('active') ? 'active' : 'unknown';
}
