import { analyseLead } from '../../leads/analysis/analyse-lead.js';
import { nextContext } from './next-context.js';
import { proposeFollowUp } from './follow-up.js';
import { leadEffects } from './lead-effects.js';
import { leadFields } from './crm-writes.js';
import { decideReply } from './decide-reply.js';
import { leadSource } from './lead-source.js';
import {
  NO_GROWTH,
  type DecisionDraft,
  type DecisionStep,
  type LeadDecision,
  type LeadDecisionInput,
} from './lead-decision.js';

/** Characters read of a message: far more than a lead writes; what follows in an e-mail is quoted history. */
const MAX_ANALYSED_LENGTH = 20_000;

/**
 * Event + context + clock → decision. Pure: no I/O, no clock of its own, inputs never mutated.
 *
 * The core drafts what it would do; then each step may change the draft (the growth gate is such a
 * step); what comes out is turned into effects and the lead's next context.
 */
export function decideLead(
  input: LeadDecisionInput,
  steps: readonly DecisionStep[] = [],
): LeadDecision {
  const draft = steps.reduce((current, step) => step(current, input), draftDecision(input));
  return { draft, context: nextContext(draft, input), effects: leadEffects(draft, input) };
}

function draftDecision(input: LeadDecisionInput): DecisionDraft {
  const { event, context, profile, decidedAt } = input;
  const { analysis, consent } = analyseLead({
    text: event.text.slice(0, MAX_ANALYSED_LENGTH),
    previousFacts: context.facts,
    profile,
  });
  return {
    source: leadSource(event, context),
    consent,
    analysis,
    followUp: consent === 'opt_out' ? null : proposeFollowUp(analysis),
    reply: decideReply(analysis, consent, input),
    fields: leadFields(analysis, decidedAt),
    addedTags: [],
    growth: NO_GROWTH,
  };
}
