import type { HandoffConfiguration } from '../../config/handoff-configuration.js';
import type { LeadProfile } from '../../config/lead-profile.js';
import type { MessagingConfiguration } from '../../config/messaging-configuration.js';
import type { ReplyMode } from '../../config/configuration.js';
import { NO_CONVERSION, type ConversionRecord } from '../../conversions/conclude-change.js';
import type { OutcomeStanding } from '../../conversions/outcome-standing.js';
import type { ConsentEntry, ConsentRegister } from '../../consent/consent-register.js';
import type { CustomFieldValue } from '../../crm/crm.port.js';
import type { EffectDraft } from '../../effects/effect.js';
import type { GrowthContribution } from '../../growth/growth-contribution.js';
import type { GrowthIncrement } from '../../growth/growth-ledger.js';
import type { OutcomeMappings } from '../../growth/outcomes/classify-outcome.js';
import type { Rollout } from '../../growth/rollout/rollout.js';
import type { Handoff, HandoffChange } from '../../handoffs/handoff.js';
import type { CrmEvent } from '../../leads/crm-event.js';
import type { Consent } from '../../leads/analysis/consent/detect-consent.js';
import type { FollowUp, LeadAnalysis, LeadIntent } from '../../leads/lead-documents.js';
import { EMPTY_CONTEXT, type FeatureStates, type LeadContext } from '../../leads/lead-context.js';
import type { DeliveryState } from '../intake.tables.js';

/** What of the rules of messaging is known when a message is decided; the rest is asked before it leaves. */
export type DecidingMessaging = Pick<
  MessagingConfiguration,
  'businessName' | 'replyMaxAgeMs' | 'replyDebounceMs' | 'killTags' | 'takeoverMs'
>;

/** What deciding has to know of a location's settings. Frozen, and the same object until they change. */
export interface DecidingSettings {
  readonly profile: LeadProfile;
  readonly replyMode: ReplyMode;
  readonly handoff: HandoffConfiguration;
  readonly messaging: DecidingMessaging;
  /** CRM workflow of a nurture follow-up; undefined: a text. */
  readonly nurtureWorkflowId: string | undefined;
  /** Whether there is a language model that may read a message again. */
  readonly hasLanguageModel: boolean;
  /** Whether the location's own system wants to hear of outcomes. */
  readonly tellsHook: boolean;
  /** What the operator says that the CRM's statuses mean. */
  readonly mappings: OutcomeMappings;
}

/** All that is known of a lead when its event's turn comes. */
export interface Situation {
  readonly context: LeadContext;
  /** What the growth features remember of the lead. */
  readonly featureStates: FeatureStates;
  /** Where the lead stands; null when nothing is known. */
  readonly standing: OutcomeStanding | null;
  /** The unresolved handoff. */
  readonly handoff: Pick<Handoff, 'handoffId' | 'state'> | null;
  /** Whether an outbound message is one of our own coming back. */
  readonly isEcho: boolean;
  /** What the journal of consent holds of the lead and its addresses. */
  readonly register: ConsentRegister;
}

/** A lead of whom nothing is known. */
export const UNKNOWN_LEAD: Situation = {
  context: EMPTY_CONTEXT,
  featureStates: {},
  standing: null,
  handoff: null,
  isEcho: false,
  register: [],
};

/** Everything that a decision depends on, by value; none of it is mutated. */
export interface DecisionInput<Event extends CrmEvent = CrmEvent> {
  readonly event: Event;
  readonly situation: Situation;
  readonly settings: DecidingSettings;
  readonly rollout: Rollout;
  readonly at: Date;
}

/** Why a reply is not sent by itself. */
export type WithheldReason =
  | 'suppressed'
  | 'do_not_disturb'
  | 'hold'
  | 'handoff_open'
  | 'human_takeover'
  | 'kill_tag'
  | 'reaction'
  | 'auto_reply'
  | 'not_a_buyer'
  | 'acknowledgement'
  | 'reply_mode'
  | 'stale'
  | 'superseded'
  | 'nothing_new';

export interface ReplyDecision {
  /** Null when nothing may be said at all. */
  readonly text: string | null;
  readonly send: boolean;
  readonly withheld: WithheldReason | null;
}

/** The stored record of a lead's decision: what the API shows when an operator asks "why was this lead treated so?". */
export interface DecisionDocument extends LeadAnalysis {
  /** `unknown` for none. */
  readonly source: string;
  readonly consent: Consent | null;
  readonly intent: LeadIntent;
  readonly follow_up: FollowUp | null;
  readonly reply: ReplyDecision;
  /** CRM custom fields. */
  readonly fields: Readonly<Record<string, CustomFieldValue>>;
  /** Tags beyond those that the analysis earns. */
  readonly added_tags: readonly string[];
  readonly actions: readonly string[];
  readonly growth_verdicts: GrowthContribution['verdicts'];
  readonly rollout_version: number;
  /** What the growth features added. */
  readonly [added: string]: unknown;
}

/** Everything that follows from one event. */
export interface Decision {
  readonly state: Exclude<DeliveryState, 'failed'>;
  /** Of a lead event only. */
  readonly document: DecisionDocument | null;
  /** The lead afterwards; null when nothing of it changed. */
  readonly context: LeadContext | null;
  /** What the growth features want remembered; the changed ones only. */
  readonly featureStates: FeatureStates;
  readonly effects: readonly EffectDraft[];
  /** Why the pending follow-ups end; null when they stay. */
  readonly cancelFollowUps: string | null;
  /** Why replies that have not gone out yet end; null when they stay. */
  readonly cancelReplies: string | null;
  /** What is kept for the reports and the operator. */
  readonly conversion: ConversionRecord;
  readonly handoff: HandoffChange | null;
  /** What the journal of consent gains. */
  readonly consent: readonly ConsentEntry[];
  readonly increments: readonly GrowthIncrement[];
}

/** What is decided of a lead event. */
export interface LeadDecision extends Decision {
  readonly document: DecisionDocument;
  readonly context: LeadContext;
}

/** A decision of no consequence, as the starting point of every other. */
export function withoutConsequence(state: Decision['state']): Decision {
  return {
    state,
    document: null,
    context: null,
    featureStates: {},
    effects: [],
    cancelFollowUps: null,
    cancelReplies: null,
    consent: [],
    conversion: NO_CONVERSION,
    handoff: null,
    increments: [],
  };
}
