import type { ContactProfile } from './crm-event.js';
import type { FollowUpAction, LeadFacts, LeadPriority, LeadTemperature } from './lead-documents.js';

/** Turns kept per lead. */
export const MAX_TURNS = 50;
/** Characters kept of one turn: enough for any text message, a bound for pasted e-mails. */
export const MAX_TURN_LENGTH = 2_000;

export interface Turn {
  readonly at: string;
  readonly from: 'lead' | 'bot' | 'human';
  readonly text: string;
}

export interface Suppression {
  readonly at: string;
  readonly reason: string;
}

/** Reason kept with a suppression that came from the CRM, so that lifting it there lifts it here. */
export const CRM_DO_NOT_DISTURB = 'crm_do_not_disturb';

export interface ScheduledFollowUp {
  readonly action: FollowUpAction;
  /** ISO time. */
  readonly due_at: string;
}

/** All that is remembered of one lead; stored as one JSON document. ISO strings for times. */
export interface LeadContext {
  readonly turns: readonly Turn[];
  readonly facts: LeadFacts;
  readonly lead_score: number | null;
  readonly lead_temperature: LeadTemperature | null;
  readonly priority: LeadPriority | null;
  readonly first_source: string | null;
  readonly last_source: string | null;
  readonly contact: ContactProfile;
  /** Tags of ours that the CRM holds as far as we know. */
  readonly tags: readonly string[];
  readonly suppression: Suppression | null;
  readonly follow_up: ScheduledFollowUp | null;
  /** Since when a person of the team has been talking to this lead; null when nobody does. */
  readonly human_takeover_at: string | null;
}

/** What the growth features remember of a lead, by feature key. */
export type FeatureStates = Readonly<Record<string, unknown>>;

export const EMPTY_FACTS: LeadFacts = {
  budget_min: null,
  budget_max: null,
  timeline: 'unknown',
  financing: 'unknown',
  areas: [],
};

export const EMPTY_CONTEXT: LeadContext = {
  turns: [],
  facts: EMPTY_FACTS,
  lead_score: null,
  lead_temperature: null,
  priority: null,
  first_source: null,
  last_source: null,
  contact: {},
  tags: [],
  suppression: null,
  follow_up: null,
  human_takeover_at: null,
};
