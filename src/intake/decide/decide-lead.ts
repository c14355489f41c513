import { NO_CONVERSION } from '../../conversions/conclude-change.js';
import { milestonesOf } from '../../conversions/read-change.js';
import {
  type GrowthContribution,
  noContribution,
  type LeadRunInput,
} from '../../growth/growth-contribution.js';
import { GrowthLedger } from '../../growth/growth-ledger.js';
import type { GrowthGateService } from '../../growth/growth-gate.service.js';
import { reportedSource } from '../../growth/growth-feature.js';
import type { HandoffChange } from '../../handoffs/handoff.js';
import { planOpening } from '../../handoffs/plan-handoff.js';
import type { LeadContext } from '../../leads/lead-context.js';
import type { FollowUp } from '../../leads/lead-documents.js';
import {
  addressedLead,
  decideAnswer,
  intentAfter,
  isInquiry,
  isNurtured,
  proposeFollowUp,
} from './answer-lead.js';
import { burstOf, cancelledReplies } from './burst.js';
import { withoutConsequence, type DecidingSettings, type LeadDecision } from './decision.js';
import { decisionDocument, type CoreDraft, type LeadDraft } from './lead-draft.js';
import type { LeadInput, ReadLead, ReadMessage } from './lead-input.js';
import { consentOfMessage, effectiveTime } from './lead-consent.js';
import { leadEffects } from './lead-effects.js';
import { leadSource, nextContext } from './next-context.js';
import { readMessage } from './read-message.js';

/**
 * A lead event: read, answered, followed up. The core drafts what it would do, the growth features
 * add to it, and what comes out is turned into effects and the lead's next context.
 */
export function decideLead(input: LeadInput, gate: GrowthGateService): LeadDecision {
  const ledger = new GrowthLedger();
  const core = draftOf(input);
  if (core.message.saysNothing) return decideSilence(core, input);
  const growth = gate.runForLead(growthInput(core, input), ledger, input.rollout);
  const draft = withGrowth(core, growth, input);
  const { message, consent } = core;
  const isRefusal = message.consent?.verdict === 'opt_out';
  const burst = burstOf(draft, input);
  const context = nextContext(draft, burst, input);
  return Object.assign(withoutConsequence('processed'), {
    document: decisionDocument(draft, input.at),
    context,
    featureStates: growth.states,
    effects: leadEffects(draft, burst, input),
    cancelFollowUps: cancelledFollowUps(draft),
    cancelReplies: cancelledReplies(burst, isRefusal),
    consent: consent.entries,
    conversion: Object.assign({}, NO_CONVERSION, {
      milestones: milestonesOf(input.event, {
        outcome: 'unknown',
        consent: message.consent?.verdict ?? null,
      }),
    }),
    handoff: handoffAskedFor(draft, context, input),
    increments: ledger.toIncrements(),
  });
}

/**
 * A reaction or an answering machine: nobody has said anything, so nothing of the lead changes, nothing
 * goes out, and nothing is counted or assigned.
 */
function decideSilence(core: CoreDraft, input: LeadInput): LeadDecision {
  const growth = noContribution(input.rollout.version);
  return {
    ...withoutConsequence('processed'),
    document: { ...decisionDocument({ ...core, growth, addedTags: [] }, input.at), fields: {} },
    context: input.situation.context,
  };
}

/** Who answers has to be followed up anew; who may have refused is left as it is until a person has read it. */
function cancelledFollowUps({ message, intent }: LeadDraft): string | null {
  switch (message.consent?.verdict) {
    case 'opt_out':
      return 'opted_out';
    case 'hold':
      return null;
    case 'opt_in':
    case undefined:
      return isNurtured(intent) ? 'lead_answered' : 'not_a_buyer';
  }
}

/** What the core makes of the event alone. */
export function draftOf(input: LeadInput, message: ReadMessage = readMessage(input)): CoreDraft {
  const { event, situation } = input;
  const { context, register } = situation;
  const consent = consentOfMessage(message.consent, {
    lead: addressedLead(input),
    register,
    at: effectiveTime(event),
    channel: event.replyChannel,
    context,
  });
  const read = { message, consent, intent: intentAfter(message, context) };
  const { reply, isNotice } = decideAnswer(read, input);
  return {
    message,
    consent,
    intent: read.intent,
    source: leadSource(event, context),
    analysis: message.analysis,
    followUp: isFollowedUp(read, input) ? proposeFollowUp(message.analysis) : null,
    reply,
    isNotice,
  };
}

function isFollowedUp({ message, intent }: ReadLead, input: LeadInput): boolean {
  const verdict = message.consent?.verdict;
  if (message.saysNothing || verdict === 'opt_out' || verdict === 'hold') return false;
  return isNurtured(intent) && isInquiry(message, input);
}

/** The lead as the growth features get to see it. */
export function growthInput(
  { source, message, analysis, followUp, reply }: CoreDraft,
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
    consent: message.consent?.verdict ?? null,
    intent: message.intent,
    asksQuestion: message.asksQuestion,
    unread: message.unread,
    hasLanguageModel: settings.hasLanguageModel,
    timezone: settings.profile.timezone,
    followUp: followUp ?? undefined,
    reply: reply.send ? reply.text : null,
    states: situation.featureStates,
  };
}

export function withGrowth(
  core: CoreDraft,
  growth: GrowthContribution<FollowUp | undefined>,
  { settings }: LeadInput,
): LeadDraft {
  const { reply } = core;
  return Object.assign({}, core, {
    growth,
    followUp: growth.followUp ?? null,
    reply: reply.send && growth.reply !== null ? { ...reply, text: growth.reply } : reply,
    addedTags: addedTags(growth, settings),
  });
}

/** Features ask for a person; which tag says so in the CRM is up to handoffs, who also remove it. */
export function addedTags(
  { handoff, tags }: Pick<GrowthContribution, 'handoff' | 'tags'>,
  settings: DecidingSettings,
): readonly string[] {
  return handoff === undefined ? tags : [...new Set([settings.handoff.tags.needed, ...tags])];
}

export function handoffAskedFor(
  { growth, analysis, source }: LeadDraft,
  context: LeadContext,
  { situation, settings, at }: LeadInput,
): HandoffChange | null {
  if (growth.handoff === undefined || situation.handoff !== null) return null;
  const request = { proposal: growth.handoff, analysis, context, source: reportedSource(source) };
  const options = { ...settings.handoff, timezone: settings.profile.timezone };
  return { kind: 'open', opening: planOpening({ ...request, openedAt: at }, options) };
}
