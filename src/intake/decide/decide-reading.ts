import { NO_CONVERSION } from '../../conversions/conclude-change.js';
import { GrowthLedger, incrementsOf } from '../../growth/growth-ledger.js';
import { LLM_READING } from '../../growth/growth-feature.js';
import type { GrowthGateService } from '../../growth/growth-gate.service.js';
import { regradeLead } from '../../leads/analysis/analyse-lead.js';
import { channelsIn } from '../../leads/analysis/consent/channels.js';
import type { ConsentReading } from '../../leads/analysis/consent/detect-consent.js';
import { asksQuestion, classifyIntent } from '../../leads/analysis/intent.js';
import { ownWords } from '../../leads/analysis/own-words/own-words.js';
import { askedLead, type ReadingEvent } from '../../leads/crm-event.js';
import type { LeadContext } from '../../leads/lead-context.js';
import { fillUnknown, READABLE_FACTS, type SecondReading } from '../../leads/second-reading.js';
import { addressedLead, followUpDueAt } from './answer-lead.js';
import { burstOf, cancelledReplies } from './burst.js';
import { draftOf, growthInput, handoffAskedFor, withGrowth } from './decide-lead.js';
import {
  withoutConsequence,
  type Decision,
  type DecisionInput,
  type Situation,
  type WithheldReason,
} from './decision.js';
import { consentStanding, effectiveTime } from './lead-consent.js';
import { decisionDocument, type CoreDraft, type LeadDraft } from './lead-draft.js';
import { leadEffects } from './lead-effects.js';
import type { LeadInput, ReadMessage } from './lead-input.js';
import { isCalledByHandoff, leadSource, nextContext } from './next-context.js';

type ReadingInput = DecisionInput<ReadingEvent>;

/**
 * What a language model has read in a message that was decided before. It fills facts that are still
 * unknown, and may add a doubt or a refusal. What follows from that is what would have followed had the
 * rules read it, except for what the message has brought about already: nothing is answered, counted or
 * assigned twice.
 */
export function decideReading(input: ReadingInput, gate: GrowthGateService): Decision {
  const { event, situation, rollout } = input;
  const lead = leadInput(input);
  const gained = gainOf(event.reading, lead);
  const source = leadSource(lead.event, situation.context);
  const subject = {
    leadSource: source,
    contactId: event.contactId,
    locationId: event.locationId,
  };
  const verdict = gate.evaluateGrowthFeature(LLM_READING, subject, undefined, rollout);
  if (!verdict.enabled) return withoutGain([`rejected_${verdict.reason}`]);
  const events = [...gained.rejected.map((reason) => `rejected_${reason}`), ...gained.events];
  if (gained.events.length === 0) return withoutGain(events);
  return decideGain(lead, { ...gained, events }, { event, gate });
}

function withoutGain(events: readonly string[]): Decision {
  return { ...withoutConsequence('acknowledged'), increments: incrementsOf(LLM_READING, events) };
}

/** The message as an event of its lead. Its words have been remembered: it brings none. */
function leadInput(input: ReadingInput): LeadInput {
  const { messageType: type, locationId, contactId, replyChannel } = input.event;
  const { occurredAt, receivedAt } = input.event;
  const asked = askedLead(receivedAt, { type, locationId, contactId, text: '' });
  return { ...input, event: { ...asked, occurredAt, replyChannel } };
}

/** What a reading adds to what is known. */
interface Gain {
  readonly facts: LeadContext['facts'];
  readonly consent: ConsentReading | null;
  /** Without the feature's name. */
  readonly events: readonly string[];
  readonly rejected: readonly string[];
}

function gainOf(reading: SecondReading, lead: LeadInput): Gain {
  const { facts, filled } = fillUnknown(lead.situation.context.facts, reading);
  const overtaken =
    reading.consent === undefined ? null : overtakenConsent(reading.consent.value, lead);
  const consent = overtaken === null ? consentReading(reading) : null;
  const known = READABLE_FACTS.filter(
    (fact) => reading[fact] !== undefined && !filled.includes(fact),
  );
  return {
    facts,
    consent,
    events: [
      ...filled.map((fact) => `filled_${fact}`),
      ...(consent === null ? [] : [`${consent.verdict}_added`]),
    ],
    rejected: [
      ...reading.rejected,
      ...known.map(() => 'known'),
      ...(overtaken === null ? [] : [overtaken]),
    ],
  };
}

/** Why a refusal or a doubt adds nothing: it stands already, or what the lead wrote since has lifted it. */
function overtakenConsent(
  verdict: 'opt_out' | 'hold',
  lead: LeadInput,
): 'known' | 'overtaken' | null {
  const { register, context } = lead.situation;
  const { replyChannel: channel } = lead.event;
  const standing = consentStanding(register, addressedLead(lead), {
    channel,
    clearAt: context.clear_at,
  });
  if (standing.isRefused || (verdict === 'hold' && standing.isHeld)) return 'known';
  return isOvertaken(verdict, lead) ? 'overtaken' : null;
}

function isOvertaken(verdict: 'opt_out' | 'hold', { event, situation }: LeadInput): boolean {
  const at = effectiveTime(event);
  if (verdict === 'hold') return (situation.context.clear_at ?? '') > at;
  return situation.register.some(
    ({ kind, channel, at: since }) =>
      kind === 'lifted' && channel === event.replyChannel && since > at,
  );
}

function consentReading({ consent }: SecondReading): ConsentReading | null {
  if (consent === undefined) return null;
  const { value: verdict, quote: words } = consent;
  const channels = verdict === 'hold' ? [] : channelsIn(` ${words.toLowerCase()}`);
  return { verdict, by: 'own_words', channels, words };
}

interface Surroundings {
  readonly event: ReadingEvent;
  readonly gate: GrowthGateService;
}

function decideGain(lead: LeadInput, gain: Gain, { event, gate }: Surroundings): Decision {
  const { situation, at } = lead;
  const core = withOneAnswer(draftOf(lead, messageOf(lead, gain, event)), lead, event);
  const growth = gate.runForLead(growthInput(core, lead), new GrowthLedger(), lead.rollout);
  const proposed = withGrowth(core, growth, lead);
  const draft = replacesFollowUp(proposed, lead) ? proposed : { ...proposed, followUp: null };
  const isRefusal = gain.consent?.verdict === 'opt_out';
  const burst = burstOf(draft, lead);
  const next = nextContext(draft, burst, lead);
  const context: LeadContext = {
    ...next,
    clear_at: situation.context.clear_at,
    follow_up: draft.followUp === null && !isRefusal ? situation.context.follow_up : next.follow_up,
  };
  const document = decisionDocument(draft, at);
  return {
    ...withoutConsequence('acknowledged'),
    document: {
      ...document,
      [LLM_READING]: { of: event.of, reading: event.reading, events: gain.events },
    },
    context,
    featureStates: newStates(growth.states, situation),
    effects: leadEffects(draft, burst, lead),
    cancelFollowUps: cancelledFollowUps(draft, isRefusal),
    cancelReplies: cancelledReplies(burst, isRefusal),
    consent: core.consent.entries,
    conversion: { ...NO_CONVERSION, milestones: isRefusal ? ['opted_out'] : [] },
    handoff: handoffAskedFor(draft, context, lead),
    increments: incrementsOf(LLM_READING, gain.events),
  };
}

/** The lead's newest message in the light of what is known now: its wording counts for the score. */
function messageOf(lead: LeadInput, gain: Gain, event: ReadingEvent): ReadMessage {
  const text = newestWords(lead.situation.context, event);
  const isRefusal = gain.consent?.verdict === 'opt_out';
  return {
    text,
    analysis: regradeLead(gain.facts, text, { isRefusal, profile: lead.settings.profile }),
    consent: gain.consent,
    intent: classifyIntent(text),
    language: null,
    asksQuestion: asksQuestion(text),
    asksForHelp: false,
    asksWhetherAutomated: false,
    saysNothing: false,
    unread: [],
  };
}

function newestWords({ turns }: LeadContext, event: ReadingEvent): string {
  const newest = turns.findLast(({ from }) => from === 'lead');
  if (newest === undefined || newest.at === event.occurredAt.toISOString()) return event.text;
  const words = ownWords(newest.text, []);
  return words.kind === 'words' ? words.text : event.text;
}

/** A reply is due only where the message has none yet, and no later one is to be answered instead. */
function withOneAnswer(core: CoreDraft, lead: LeadInput, event: ReadingEvent): CoreDraft {
  const isSuggested = lead.settings.replyMode === 'suggest' && core.reply.withheld === 'reply_mode';
  if (!core.reply.send && !isSuggested) return core;
  const withheld = isSuggested ? 'nothing_new' : answeredReason(lead.situation.context, event);
  return withheld === null ? core : { ...core, reply: { ...core.reply, send: false, withheld } };
}

function answeredReason({ turns }: LeadContext, event: ReadingEvent): WithheldReason | null {
  const at = event.occurredAt.toISOString();
  const place = turns.findLastIndex((turn) => turn.from === 'lead' && turn.at === at);
  const since = turns.slice(place + 1);
  if (place === -1 || since.some(({ from }) => from === 'lead')) return 'superseded';
  return since.length > 0 ? 'nothing_new' : null;
}

/** What is planned stays, unless it is to be something else, or sooner. */
function replacesFollowUp(draft: LeadDraft, lead: LeadInput): boolean {
  const { followUp } = draft;
  const { follow_up: standing } = lead.situation.context;
  if (followUp === null || standing === null) return false;
  const dueMs = Date.parse(standing.due_at);
  if (dueMs <= lead.at.getTime()) return false;
  if (isCalledByHandoff(draft, lead)) return true;
  return followUp.action !== standing.action || followUpDueAt(followUp, lead.at).getTime() < dueMs;
}

function cancelledFollowUps({ followUp }: LeadDraft, isRefusal: boolean): string | null {
  if (isRefusal) return 'opted_out';
  return followUp === null ? null : 'read_again';
}

/** What a feature remembers of the lead it has remembered since the message itself. */
function newStates(
  states: Situation['featureStates'],
  { featureStates }: Situation,
): Situation['featureStates'] {
  return Object.fromEntries(
    Object.entries(states).filter(([feature]) => !Object.hasOwn(featureStates, feature)),
  );
}
