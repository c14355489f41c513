import type { DecisionDraft } from './lead-decision.js';

/** The stored record of a decision: what the API shows when an operator asks "why was this lead treated so?". */
export type DecisionDocument = Readonly<Record<string, unknown>>;

export function decisionDocument(draft: DecisionDraft): DecisionDocument {
  const { analysis, followUp, reply, growth } = draft;
  return {
    ...analysis,
    source: draft.source === '' ? 'unknown' : draft.source,
    consent: draft.consent,
    follow_up: followUp,
    reply,
    fields: draft.fields,
    added_tags: draft.addedTags,
    actions: growth.actions,
    growth_verdicts: growth.verdicts,
    rollout_version: growth.rolloutVersion,
    ...growth.additions,
  };
}
