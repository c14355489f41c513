import type { EffectDraft } from '../effects/effect.js';
import type { HandoffProposal } from '../growth/growth-feature.js';
import type { LeadContext } from '../leads/lead-context.js';
import type { Financing, LeadAnalysis, LeadFacts, Timeline } from '../leads/lead-documents.js';
import type { LeadKey } from '../leads/lead-key.js';
import { addBusinessTime } from './business-time.js';
import type { HandoffOpening, HandoffOptions, HandoffSummary, NewHandoff } from './handoff.js';
import { openingEffects, openingNote } from './handoff-effects.js';

const TIMELINE_WORDS: Readonly<Record<Timeline, string | null>> = {
  immediate: 'as soon as possible',
  '1_month': 'within a month',
  '2_months': 'within two months',
  '3_months': 'within three months',
  '6_months': 'within six months',
  '1_year': 'in about a year',
  flexible: 'in no hurry',
  unknown: null,
};

const FINANCING_WORDS: Readonly<Record<Financing, string | null>> = {
  cash: 'pays cash',
  pre_approved: 'pre-approved',
  conventional: 'conventional loan',
  fha: 'FHA loan',
  va: 'VA loan',
  jumbo: 'jumbo loan',
  needs_financing: 'needs financing',
  unknown: null,
};

/** A decision that asks for a person. */
export interface HandoffRequest {
  readonly proposal: HandoffProposal;
  readonly analysis: LeadAnalysis;
  /** The lead's context after the decision, so that the note shows the message that opened the handoff. */
  readonly context: LeadContext;
  /** As reported: never empty. */
  readonly source: string;
  /** The time of the decision. */
  readonly openedAt: Date;
}

/** What opening a handoff says, to whom and until when. Pure. */
export function planOpening(request: HandoffRequest, options: HandoffOptions): HandoffOpening {
  const { openedAt, context } = request;
  const { reasonCode, riskLevel } = request.proposal;
  const { deadlineMinutes, businessHours, timezone } = options;
  const opening = {
    reasonCode,
    riskLevel,
    openedAt,
    deadlineAt: addBusinessTime(openedAt, deadlineMinutes[riskLevel], businessHours, timezone),
    summary: summarise(request),
  };
  return {
    ...opening,
    taskTitle: `Contact ${context.contact.firstName ?? 'this lead'} now (score ${opening.summary.lead_score})`,
    note: openingNote(opening, context, options),
    userIds: options.userIds,
    assignsContact: options.assignsContact,
  };
}

/** The handoff's row and what goes out with it. */
export interface NumberedHandoff {
  readonly record: NewHandoff;
  /** To go out after the reply to the lead. The CRM tag is among the decision's own tags. */
  readonly effects: readonly EffectDraft[];
}

/** @param handoffId also decides whose turn it is */
export function numberHandoff(
  lead: LeadKey,
  deliveryId: string,
  opening: HandoffOpening,
  handoffId: number,
): NumberedHandoff {
  const { reasonCode, riskLevel, openedAt, deadlineAt, summary } = opening;
  const { locationId, contactId } = lead;
  const record: NewHandoff = {
    locationId,
    contactId,
    handoffId,
    reasonCode,
    riskLevel,
    assignedTo: userInTurn(opening.userIds, handoffId),
    openedAt,
    deadlineAt,
    deliveryId,
    summary,
  };
  return { record, effects: openingEffects(record, opening) };
}

/** The lead in a few words, for a person who has to act within minutes. */
function summarise({ analysis, context, source }: HandoffRequest): HandoffSummary {
  const { facts, lead_score, lead_temperature, priority } = analysis;
  const missing = missingFacts(facts);
  const { phone } = context.contact;
  return {
    wants: describeWishes(facts),
    missing,
    next_step: suggestNextStep(missing, phone !== undefined && phone !== ''),
    lead_score,
    lead_temperature,
    priority,
    source,
    facts,
  };
}

/**
 * Whose turn it is. The turn is the handoff's own number, drawn from a counter that all replicas
 * share: strict rotation without a row to wait for.
 *
 * @returns null when nobody is configured: the contact's owner takes it
 */
export function userInTurn(userIds: readonly string[], turn: number): string | null {
  return userIds[turn % userIds.length] ?? null;
}

/** What the lead wants, as far as it has said so. */
export function describeWishes(facts: LeadFacts): string {
  const area = facts.areas.length > 0 ? ` in ${facts.areas.join(' or ')}` : '';
  const wishes = [
    `A home${area}`,
    describeBudget(facts),
    TIMELINE_WORDS[facts.timeline],
    FINANCING_WORDS[facts.financing],
  ];
  return wishes.filter((wish) => wish !== null).join(', ');
}

function describeBudget({ budget_min: min, budget_max: max }: LeadFacts): string | null {
  if (min === null) return max === null ? null : `up to ${dollars(max)}`;
  if (max === null) return `from ${dollars(min)}`;
  return min === max ? `about ${dollars(max)}` : `${dollars(min)} to ${dollars(max)}`;
}

function dollars(amount: number): string {
  return `$${amount.toLocaleString('en-US')}`;
}

/** What has to be asked, the most telling first. */
export function missingFacts(facts: LeadFacts): readonly string[] {
  const isMissing = {
    budget: facts.budget_min === null && facts.budget_max === null,
    area: facts.areas.length === 0,
    timeline: facts.timeline === 'unknown',
    financing: facts.financing === 'unknown',
  };
  return Object.entries(isMissing).flatMap(([fact, missing]) => (missing ? [fact] : []));
}

/** @param canCall whether a telephone number is known */
export function suggestNextStep(missing: readonly string[], canCall: boolean): string {
  const contact = canCall ? 'Call' : 'Write in the conversation (no phone number is known)';
  return missing.length === 0
    ? `${contact} and agree on a time to meet.`
    : `${contact} and ask about ${listed(missing)}.`;
}

function listed(words: readonly string[]): string {
  const last = words[words.length - 1] ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}
