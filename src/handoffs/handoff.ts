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
