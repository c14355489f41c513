import type { ContactProfile } from './crm-event.js';
import type {
  FollowUpAction,
  LeadFacts,
  LeadIntent,
  LeadPriority,
  LeadTemperature,
} from './lead-documents.js';

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

/** A reply that waits for the end of a burst. */
export interface PendingReply {
  /** When the first message of the burst arrived; ISO time. */
  readonly since: string;
  /** ISO time. */
  readonly due_at: string;
}

/** Languages that leads are answered in. */
export type ReplyLanguage = 'en' | 'es';

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
  /** Of versions before the consent journal; read, and not written any more. */
  readonly suppression: Suppression | null;
  /** Time of the newest message that was read without doubt about consent. */
  readonly clear_at: string | null;
  readonly language: ReplyLanguage;
  /** Of the last message that had one. */
  readonly intent: LeadIntent | null;
  /** The last reply that was decided; it may have gone out since. */
  readonly pending_reply: PendingReply | null;
  /** When the lead was last told how to stop, or that a machine writes. */
  readonly notice_at: string | null;
  /** The CRM workflow that a follow-up has put the lead into. */
  readonly nurture_workflow: string | null;
  /** When tasks that are not to pile up were last made, by their name. */
  readonly tasks: Readonly<Record<string, string>>;
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
  clear_at: null,
  language: 'en',
  intent: null,
  pending_reply: null,
  notice_at: null,
  nurture_workflow: null,
  tasks: {},
  follow_up: null,
  human_takeover_at: null,
};
