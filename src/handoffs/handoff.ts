import type { HandoffConfiguration } from '../config/handoff-configuration.js';
import type { EffectDraft } from '../effects/effect.js';
import type { HandoffProposal } from '../growth/growth-feature.js';
import type { LeadFacts, LeadPriority, LeadTemperature } from '../leads/lead-documents.js';
import type { LeadKey } from '../leads/lead-key.js';

export const HANDOFF_STATES = ['open', 'acknowledged', 'resolved'] as const;
/** `open`: nobody has taken it; `acknowledged`: a person is on it; `resolved`: the bot may speak again. */
export type HandoffState = (typeof HANDOFF_STATES)[number];

export const RISK_LEVELS = ['high', 'medium', 'low'] as const satisfies readonly RiskLevel[];
export type RiskLevel = HandoffProposal['riskLevel'];

/** What a person has to know of the lead, as it was when the handoff was opened. Holds no message text. */
export interface HandoffSummary {
  readonly wants: string;
  readonly missing: readonly string[];
  readonly next_step: string;
  readonly lead_score: number;
  readonly lead_temperature: LeadTemperature;
  readonly priority: LeadPriority;
  readonly source: string;
  readonly facts: LeadFacts;
}

/** A handoff about to be opened. */
export interface NewHandoff extends LeadKey {
  readonly handoffId: number;
  readonly reasonCode: string;
  readonly riskLevel: RiskLevel;
  /** CRM user; null: the contact's owner. */
  readonly assignedTo: string | null;
  readonly openedAt: Date;
  readonly deadlineAt: Date;
  /** The delivery whose decision asked for it. */
  readonly deliveryId: string;
  readonly summary: HandoffSummary;
}

/** A lead passed to a person, with a deadline. */
export interface Handoff extends NewHandoff {
  readonly state: HandoffState;
  /** Null unless nobody had taken it by its deadline. */
  readonly breachedAt: Date | null;
  readonly acknowledgedAt: Date | null;
  /** A CRM user's id, `tag:<tag>`, or what the caller of the API gave. */
  readonly acknowledgedBy: string | null;
  readonly resolvedAt: Date | null;
  readonly resolvedBy: string | null;
}

/** A handoff as it is decided: everything but its number, which is drawn when it is stored. */
export interface HandoffOpening extends Pick<
  NewHandoff,
  'reasonCode' | 'riskLevel' | 'openedAt' | 'deadlineAt' | 'summary'
> {
  readonly taskTitle: string;
  readonly note: string;
  /** CRM users who take handoffs in turn; empty: the contact's owner. */
  readonly userIds: readonly string[];
  readonly assignsContact: boolean;
}

/** What one event does to a handoff, as decided; carried out in the transaction that stores the decision. */
export type HandoffChange =
  | { readonly kind: 'open'; readonly opening: HandoffOpening }
  | { readonly kind: 'acknowledge'; readonly handoffId: number; readonly by: string }
  | {
      readonly kind: 'resolve';
      readonly handoffId: number;
      readonly by: string;
      /** To go out only if nobody has resolved it meanwhile. */
      readonly effects: readonly EffectDraft[];
    };

/** What a location has set for handoffs, with its zone. */
export interface HandoffOptions extends HandoffConfiguration {
  /** IANA zone, of the lead profile: business hours and the times in notes are local to it. */
  readonly timezone: string;
}

/** What a person may do with a handoff. */
export type HandoffStep = 'acknowledge' | 'resolve';

/** `refused`: too late, the handoff is over. */
export type StepVerdict = 'applies' | 'already_done' | 'refused';

/**
 * The life of a handoff: open → acknowledged → resolved, never back. Resolving one that nobody has
 * acknowledged acknowledges it in the same breath, so that the time it took is always known.
 */
const VERDICTS: Readonly<Record<HandoffStep, Readonly<Record<HandoffState, StepVerdict>>>> = {
  acknowledge: { open: 'applies', acknowledged: 'already_done', resolved: 'refused' },
  resolve: { open: 'applies', acknowledged: 'applies', resolved: 'already_done' },
};

export function judgeStep(step: HandoffStep, state: HandoffState): StepVerdict {
  return VERDICTS[step][state];
}
