/**
 * The documents that leave the decision core: stored as they are, and shown as they are by the API.
 * Their keys are the public words, hence snake_case; everything else in the code is camelCase.
 */

export const TIMELINES = [
  'immediate',
  '1_month',
  '2_months',
  '3_months',
  '6_months',
  '1_year',
  'flexible',
  'unknown',
] as const;
export type Timeline = (typeof TIMELINES)[number];

export const FINANCINGS = [
  'cash',
  'pre_approved',
  'conventional',
  'fha',
  'va',
  'jumbo',
  'needs_financing',
  'unknown',
] as const;
export type Financing = (typeof FINANCINGS)[number];

export type LeadTemperature = 'hot' | 'warm' | 'cold';
export type LeadPriority = 'high' | 'review_required' | 'normal';

/** What a message is for. */
export const LEAD_INTENTS = [
  'buyer',
  'seller',
  'renter',
  'vendor',
  'wrong_person',
  'closed',
  'auto_reply',
  'reaction',
  'acknowledgement',
] as const;
export type LeadIntent = (typeof LEAD_INTENTS)[number];

/** What a lead said, gathered over the whole conversation. Money in whole dollars. */
export interface LeadFacts {
  readonly budget_min: number | null;
  readonly budget_max: number | null;
  readonly timeline: Timeline;
  readonly financing: Financing;
  /** Service areas in the location's own spelling, in order of mention. */
  readonly areas: readonly string[];
}

/** Each between 0 and 1. */
export interface LeadScores {
  readonly qualification: number;
  readonly urgency: number;
  readonly intent: number;
}

export interface LeadAnalysis {
  /** 0 to 100, one decimal. */
  readonly lead_score: number;
  readonly lead_temperature: LeadTemperature;
  readonly priority: LeadPriority;
  /** Dollars, rounded to cents; 0 when the budget is unknown. */
  readonly estimated_commission: number;
  readonly facts: LeadFacts;
  readonly scores: LeadScores;
  readonly meets_criteria: boolean;
  readonly service_area_match: boolean;
}

/** Characters of a reply: two text messages, of 160 each in plain letters. */
export const MAX_REPLY_LENGTH = 320;

export type FollowUpAction = 'immediate_call' | 'same_day_follow_up' | 'nurture_sequence';

/** The proposed next step. Growth features add the optional keys. */
export interface FollowUp {
  readonly action: FollowUpAction;
  readonly delay_minutes: number;
  /** When a feature sets it, this is the due time instead of `delay_minutes`. */
  readonly recommended_delay_minutes?: number;
  readonly [added: string]: unknown;
}
