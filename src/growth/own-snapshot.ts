import { deepFreeze } from '../shared/loose-json.js';
import type { LeadRunInput } from './growth-contribution.js';
import type {
  LeadSnapshot,
  OutcomeSnapshot,
  SnapshotAnalysis,
  SnapshotFollowUp,
} from './growth-feature.js';

/**
 * What all features read of one lead is frozen once, with all that it holds, and copied for none: so
 * none can harm the lead or another feature.
 */
export function sharedReadings({
  analysis,
  facts,
  followUp,
  unread,
}: LeadRunInput): SnapshotAnalysis | null {
  deepFreeze(facts);
  deepFreeze(followUp);
  Object.freeze(unread);
  if (analysis === null) return null;
  const { lead_score, lead_temperature, priority } = analysis;
  return Object.freeze({ lead_score, lead_temperature, priority });
}

/** Field by field: a spread of this many costs more than the rest of a run with all features off. */
export function ownSnapshot(
  key: string,
  input: LeadRunInput,
  analysis: SnapshotAnalysis | null,
  followUp: SnapshotFollowUp,
  reply: string | null,
): LeadSnapshot {
  return Object.freeze({
    locationId: input.locationId,
    contactId: input.contactId,
    source: input.source,
    // Freezing does not keep a date from being set.
    decidedAt: new Date(input.decidedAt),
    elapsedMs: input.elapsedMs,
    analysis,
    facts: input.facts,
    consent: input.consent,
    intent: input.intent,
    asksQuestion: input.asksQuestion,
    unread: input.unread,
    hasLanguageModel: input.hasLanguageModel,
    timezone: input.timezone,
    followUp,
    reply,
    state: Object.hasOwn(input.states, key) ? deepFreeze(input.states[key]) : undefined,
  });
}

export function ownOutcome(outcome: OutcomeSnapshot): OutcomeSnapshot {
  deepFreeze(outcome.signal);
  return Object.freeze({ ...outcome, decidedAt: new Date(outcome.decidedAt) });
}
