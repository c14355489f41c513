import { NO_CONVERSION } from '../../conversions/conclude-change.js';
import { milestonesOf } from '../../conversions/read-change.js';
import {
  type GrowthContribution,
  GrowthLedger,
  type LeadRunInput,
} from '../../growth/growth-contribution.js';
import type { GrowthGateService } from '../../growth/growth-gate.service.js';
import { reportedSource } from '../../growth/growth-feature.js';
import type { HandoffChange } from '../../handoffs/handoff.js';
import { planOpening } from '../../handoffs/plan-handoff.js';
import { analyseLead } from '../../leads/analysis/analyse-lead.js';
import { lastQuestionOf } from '../../leads/analysis/last-question.js';
import { asksQuestion } from '../../leads/analysis/intent.js';
import type { LeadContext } from '../../leads/lead-context.js';
import type { FollowUp } from '../../leads/lead-documents.js';
import { decideReply, proposeFollowUp } from './answer-lead.js';
import { withoutConsequence, type DecidingSettings, type LeadDecision } from './decision.js';
import { decisionDocument, type CoreDraft, type LeadDraft, type LeadInput } from './lead-draft.js';
import { leadEffects } from './lead-effects.js';
import { leadSource, nextContext } from './next-context.js';

/** Characters read of a message: far more than a lead writes; what follows in an e-mail is quoted history. */
const MAX_ANALYSED_LENGTH = 20_000;

/**
 * A lead event: analysed, answered, followed up. The core drafts what it would do, the growth features
 * add to it, and what comes out is turned into effects and the lead's next context.
 */
export function decideLead(input: LeadInput, gate: GrowthGateService): LeadDecision {
  const ledger = new GrowthLedger();
  const core = draftOf(input);
  const growth = gate.runForLead(growthInput(core, input), ledger, input.rollout);
  const draft = withGrowth(core, growth, input);
  const context = nextContext(draft, input);
  return {
    ...withoutConsequence('processed'),
    document: decisionDocument(draft, input.at),
    context,
    featureStates: growth.states,
    effects: leadEffects(draft, input),
    cancelFollowUps: draft.consent === 'opt_out' ? 'opted_out' : 'lead_answered',
    conversion: {
      ...NO_CONVERSION,
      milestones: milestonesOf(input.event, { outcome: 'unknown', consent: draft.consent }),
    },
    handoff: handoffAskedFor(draft, context, input),
    increments: ledger.toIncrements(),
  };
}

/** What the core makes of the event alone. */
export function draftOf(input: LeadInput): CoreDraft {
  const { event, situation, settings } = input;
  const { analysis, consent, intent } = analyseLead({
    text: event.text.slice(0, MAX_ANALYSED_LENGTH),
    at: event.occurredAt,
    lastQuestion: lastQuestionOf(situation.context.turns),
    previousFacts: situation.context.facts,
    profile: settings.profile,
  });
  return {
    source: leadSource(event, situation.context),
    consent,
    intent,
    analysis,
    followUp: consent === 'opt_out' ? null : proposeFollowUp(analysis),
    reply: decideReply(analysis, consent, input),
  };
}

/** The lead as the growth features get to see it. */
export function growthInput(
  { source, consent, intent, analysis, followUp, reply }: CoreDraft,
  { event, situation, settings, at }: LeadInput,
): LeadRunInput<FollowUp | undefined> {
  return {
    locationId: event.locationId,
    contactId: event.contactId,
    source,
    decidedAt: at,
    // A clock that runs ahead of ours counts as no time.
    elapsedMs: Math.max(0, at.getTime() - event.occurredAt.getTime()),
    analysis,
    facts: analysis.facts,
    consent,
    intent,
    asksQuestion: asksQuestion(event.text),
    timezone: settings.profile.timezone,
    followUp: followUp ?? undefined,
    reply: reply.send ? reply.text : null,
    states: situation.featureStates,
  };
}

function withGrowth(
  core: CoreDraft,
  growth: GrowthContribution<FollowUp | undefined>,
  { settings }: LeadInput,
): LeadDraft {
  const { reply } = core;
  return {
    ...core,
    growth,
    followUp: growth.followUp ?? null,
    reply: reply.send && growth.reply !== null ? { ...reply, text: growth.reply } : reply,
    addedTags: addedTags(growth, settings),
  };
}

/** Features ask for a person; which tag says so in the CRM is up to handoffs, who also remove it. */
export function addedTags(
  { handoff, tags }: Pick<GrowthContribution, 'handoff' | 'tags'>,
  settings: DecidingSettings,
): readonly string[] {
  return handoff === undefined ? tags : [...new Set([settings.handoff.tags.needed, ...tags])];
}

function handoffAskedFor(
  { growth, analysis, source }: LeadDraft,
  context: LeadContext,
  { situation, settings, at }: LeadInput,
): HandoffChange | null {
  if (growth.handoff === undefined || situation.handoff !== null) return null;
  const request = { proposal: growth.handoff, analysis, context, source: reportedSource(source) };
  const options = { ...settings.handoff, timezone: settings.profile.timezone };
  return { kind: 'open', opening: planOpening({ ...request, openedAt: at }, options) };
}
