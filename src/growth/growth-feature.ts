import type { CustomFieldValue } from '../crm/crm.port.js';
import type { Consent } from '../leads/analysis/consent/detect-consent.js';
import type { UnreadSign } from '../leads/analysis/unread.js';
import type { FollowUp, LeadAnalysis, LeadFacts, LeadIntent } from '../leads/lead-documents.js';

/**
 * THE interface of a growth feature: read this first.
 *
 * A feature is a small, pure object. It proposes; `GrowthGateService`, its only caller, acts: it asks
 * the rollout whether the feature applies, isolates its failures, counts its events and merges what
 * it proposes into the decision. A feature never does I/O, never reads a clock and never sees another
 * feature. A feature that throws is skipped and counted: the lead is still answered.
 */

/** Stamped on everything a feature adds to a decision. */
export const GROWTH_VERSION = 'workstream_g_v1';

/** Event of a feature that was handed an analysis it cannot read. */
export const INVALID_ANALYSIS_EVENT = 'invalid_analysis_payload';
/** Event of a feature that was handed a follow-up it cannot read. */
export const INVALID_FOLLOW_UP_EVENT = 'invalid_payload';

/** The part of an analysis that features may read. */
export type SnapshotAnalysis = Pick<LeadAnalysis, 'lead_score' | 'lead_temperature' | 'priority'>;

/** `undefined`: there is none; null: what was handed in is malformed. In a preview it may lack `action`. */
export type SnapshotFollowUp = Partial<FollowUp> | null | undefined;

/** One lead at the moment of deciding. Read-only. */
export interface LeadSnapshot {
  readonly locationId: string;
  readonly contactId: string;
  /** Trimmed, lower-cased; empty when the lead has none. */
  readonly source: string;
  readonly decidedAt: Date;
  /** Milliseconds from the lead's message to this decision. */
  readonly elapsedMs: number;
  /** Null when the analysis handed in is malformed (possible in a preview only). */
  readonly analysis: SnapshotAnalysis | null;
  /** What the lead has said so far, this message included; null as `analysis`. */
  readonly facts: LeadFacts | null;
  /** What this message says about being written to; null when nothing. */
  readonly consent: Consent | null;
  /** What this message is for. */
  readonly intent: LeadIntent;
  /** Whether this message asks something. */
  readonly asksQuestion: boolean;
  /** Why this message may say more than the rules have read; empty without a language model to ask. */
  readonly unread: readonly UnreadSign[];
  /** Whether the location has a language model to ask. */
  readonly hasLanguageModel: boolean;
  /** IANA zone of the location: what "today" and "evening" mean to the business. */
  readonly timezone: string;
  /** As the earlier features left it. */
  readonly followUp: SnapshotFollowUp;
  /** Text of the automatic reply as the earlier features left it; null when none is sent. */
  readonly reply: string | null;
  /** What this feature stored of this lead earlier; undefined the first time. */
  readonly state: unknown;
}

/** What a feature wants changed. Every part is optional; an empty object changes nothing. */
export interface GrowthProposal {
  /** Event names without the feature's prefix, in order; counted before what they announce. */
  readonly events?: readonly string[];
  /** Keys added to the decision document. */
  readonly decision?: Readonly<Record<string, unknown>>;
  /** Keys added to the follow-up; ignored when there is no follow-up. */
  readonly followUp?: Readonly<Record<string, unknown>>;
  /** The reply's text instead of the one in the snapshot; ignored when no reply is sent. */
  readonly reply?: string;
  /** Named actions listed on the decision, e.g. `human_handoff`. */
  readonly actions?: readonly string[];
  /** CRM custom fields and tags to write. */
  readonly fields?: Readonly<Record<string, CustomFieldValue>>;
  readonly tags?: readonly string[];
  readonly handoff?: HandoffProposal;
  /** Recorded once per contact when the reply has been accepted by the CRM. */
  readonly exposure?: ExposureProposal;
  /** Remembered for this lead and handed back as `state`; absent leaves what is stored. */
  readonly state?: unknown;
}

export interface HandoffProposal {
  readonly riskLevel: 'high' | 'medium' | 'low';
  readonly reasonCode: string;
}

export interface ExposureProposal {
  readonly experiment: string;
  readonly variant: string;
  readonly segment: string;
  readonly source: string;
  readonly bucket: number;
}

/** What may leave for the CRM; everything else a feature does stays in our own records. */
export interface WritebackToggles {
  readonly lead_source: boolean;
  readonly conversion_feedback: boolean;
}

export interface GrowthFeature<Settings = unknown> {
  /** snake_case; the feature's name in flags, counters, the API and the database. */
  readonly key: string;
  /** One sentence for the operator. */
  readonly description: string;
  /** Used where the operator has set nothing. */
  readonly defaults: Settings;
  /** Validates what an operator sets, and documents it; a fresh instance equals the defaults. */
  readonly settingsClass?: new () => Settings;
  /** Settings that the rollout keeps beside the feature's own, because they are switched on their own. */
  settingsFrom?(toggles: WritebackToggles): Partial<Settings>;
  /** Events counted for every lead, flag on or off. */
  observe(lead: LeadSnapshot, settings: Settings): readonly string[];
  /** Called by the gate only when the feature applies to this lead. */
  propose(lead: LeadSnapshot, settings: Settings): GrowthProposal;
  /** What the feature reads from this lead, whatever the gate says: for an operator's preview. */
  explain?(lead: LeadSnapshot, settings: Settings): Readonly<Record<string, unknown>>;
  /** A feature that learns from what became of a lead implements this too. */
  readonly outcomes?: OutcomeHandler<Settings>;
}

export const OUTCOMES = ['converted', 'lost', 'active', 'unknown'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What became of a lead, read from a change in the CRM. */
export interface OutcomeSnapshot {
  readonly locationId: string;
  readonly contactId: string;
  readonly source: string;
  readonly outcome: Outcome;
  /** The field and value it was read from; null when the event carries no status at all. */
  readonly signal: { readonly field: string; readonly value: string } | null;
  readonly decidedAt: Date;
}

export interface OutcomeHandler<Settings> {
  /** Events counted for every outcome, flag on or off. */
  observe(outcome: OutcomeSnapshot, settings: Settings): readonly string[];
  /** Events counted when the gate says no. */
  bypassed(reason: string): readonly string[];
  propose(outcome: OutcomeSnapshot, settings: Settings): GrowthProposal;
}

/** Listed on the decision when the loop is closed: hooks fire and follow-ups change for this action only. */
export const CONVERSION_FEEDBACK_ACTION = 'conversion_feedback_loop';

/** Listed on the decision to have a language model read the message again, once it has been answered. */
export const READ_AGAIN_ACTION = 'read_again';
/** Key of the feature that asks for it, and under which what came of it is counted. */
export const LLM_READING = 'llm_reading';

/** Begins the event that counts a source; what leads name makes its end. */
export const SOURCE_OBSERVED = 'source_observed_';

/** The key of an empty value in counters and reports. */
export const UNKNOWN_KEY = 'unknown';

const NOT_ALPHANUMERIC = /[^a-z0-9]/g;

/**
 * Turns free text into the name of a counter. Only `a-z` and `0-9` survive, so that no source can
 * break out of a metric's name; what has neither reports as `unknown`.
 */
export function metricKey(value: string): string {
  const key = value.trim().toLowerCase().replace(NOT_ALPHANUMERIC, '_');
  return withoutOuterUnderscores(key) || UNKNOWN_KEY;
}

/** A source as it is reported: none is `unknown`. */
export function reportedSource(source: string): string {
  return source.trim().toLowerCase() || UNKNOWN_KEY;
}

/** A loop, because a regular expression for the end takes quadratic time on long inner runs. */
function withoutOuterUnderscores(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && text[start] === '_') start += 1;
  while (end > start && text[end - 1] === '_') end -= 1;
  return text.slice(start, end);
}

/**
 * By what canary sources are compared: the metric key, except that sources without a letter or digit
 * of its alphabet, which would all be `unknown`, keep their own text. Fails closed.
 */
export function sourceKey(source: string): string {
  const key = metricKey(source);
  return key === UNKNOWN_KEY ? source.trim().toLowerCase() : key;
}

export type FeedbackSignal = 'high_intent' | 'nurture' | 'low_intent';

const HIGH_INTENT_SCORE = 85;
const NURTURE_SCORE = 65;

/** How promising a lead looks before anybody knows what becomes of it. */
export function feedbackSignal(analysis: SnapshotAnalysis): FeedbackSignal {
  const { lead_score: score, priority, lead_temperature: temperature } = analysis;
  if (score >= HIGH_INTENT_SCORE || priority === 'high' || temperature === 'hot') {
    return 'high_intent';
  }
  if (score >= NURTURE_SCORE || priority === 'review_required' || temperature === 'warm') {
    return 'nurture';
  }
  return 'low_intent';
}
