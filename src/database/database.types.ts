import type { ColumnType, Generated } from 'kysely';
import type { HandoffState, HandoffSummary, RiskLevel } from '../handoffs/handoff.js';
import type { LeadContext } from '../leads/lead-context.js';

/** JSON columns are read as values and written as text, so that one statement can carry many rows. */
type Json<T> = ColumnType<T, string, string>;

export interface LeadTable {
  location_id: string;
  contact_id: string;
  context: Json<LeadContext>;
  updated_at: Date;
}

export interface DeliveryClaimTable {
  location_id: string;
  claim_id: string;
  expires_at: Date;
}

export const DELIVERY_STATES = ['processed', 'acknowledged', 'unrecognised', 'failed'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

export interface DeliveryTable {
  location_id: string;
  delivery_id: string;
  contact_id: string | null;
  event_type: string;
  state: DeliveryState;
  scheme: string;
  body: string;
  error: string | null;
  occurred_at: Date;
  received_at: Date;
}

export interface DecisionTable {
  location_id: string;
  delivery_id: string;
  contact_id: string;
  decided_at: Date;
  document: Json<Record<string, unknown>>;
}

export interface LaneTable {
  location_id: string;
  contact_id: string;
  ready_at: Date | null;
  not_before: Date | null;
  leased_until: Date | null;
  fence: Generated<number>;
  failures: Generated<number>;
}

export const EFFECT_STATES = [
  'pending',
  'sending',
  'delivered',
  'dead',
  'uncertain',
  'cancelled',
  'suppressed',
  'no_credentials',
] as const;
export type EffectState = (typeof EFFECT_STATES)[number];

export interface EffectTable {
  effect_id: Generated<number>;
  location_id: string;
  contact_id: string;
  effect_key: string;
  kind: string;
  payload: Json<Record<string, unknown>>;
  state: Generated<EffectState>;
  due_at: Date;
  attempts: Generated<number>;
  sends: Generated<number>;
  first_failed_at: Date | null;
  cancelled_at: Date | null;
  last_error: string | null;
  remote_id: string | null;
  started_at: Date | null;
  finished_at: Date | null;
  created_at: Date;
}

export interface CrmRateLimitTable {
  location_id: string;
  tat: Date;
}

export interface GrowthCounterTable {
  metric: string;
  key: string;
  shard: number;
  value: number;
}

export interface LeadFeatureStateTable {
  location_id: string;
  contact_id: string;
  feature: string;
  state: Json<unknown>;
  updated_at: Date;
}

export interface ApiKeyTable {
  key_id: string;
  key_hash: string;
  label: string;
  scopes: string[];
  created_at: Date;
  revoked_at: Date | null;
}

export interface ExposureTable {
  experiment: string;
  location_id: string;
  contact_id: string;
  variant: string;
  segment: string;
  source: string;
  bucket: number;
  epoch: number;
  effect_id: number;
  /** When the reply that shows the variant was decided: what it led to counts from here. */
  decided_at: Date;
  exposed_at: Date;
}

export interface LeadMilestoneTable {
  location_id: string;
  contact_id: string;
  kind: string;
  occurred_at: Date;
  delivery_id: string;
}

export interface LeadOutcomeTable {
  location_id: string;
  contact_id: string;
  outcome: string;
  field: string | null;
  value: string | null;
  announced: Generated<boolean>;
  occurred_at: Date;
  recorded_at: Date;
}

export interface OutcomeMappingTable {
  location_id: string;
  status_key: string;
  outcome: string;
  updated_at: Date;
}

export interface UnmappedStatusTable {
  location_id: string;
  status_key: string;
  field: string;
  value: string;
  seen_count: number;
  first_seen: Date;
  last_seen: Date;
}

export interface HandoffTable {
  handoff_id: Generated<number>;
  location_id: string;
  contact_id: string;
  state: HandoffState;
  reason_code: string;
  risk_level: RiskLevel;
  assigned_to: string | null;
  opened_at: Date;
  deadline_at: Date;
  breached_at: Date | null;
  acknowledged_at: Date | null;
  acknowledged_by: string | null;
  resolved_at: Date | null;
  resolved_by: string | null;
  delivery_id: string;
  summary: Json<HandoffSummary>;
}

export interface ExperimentPlanTable {
  experiment: string;
  plan: Json<Record<string, unknown>>;
  started_at: Date;
}

export interface DatabaseTables {
  exposure: ExposureTable;
  lead_milestone: LeadMilestoneTable;
  lead_outcome: LeadOutcomeTable;
  outcome_mapping: OutcomeMappingTable;
  unmapped_status: UnmappedStatusTable;
  handoff: HandoffTable;
  experiment_plan: ExperimentPlanTable;
  lead: LeadTable;
  delivery_claim: DeliveryClaimTable;
  delivery: DeliveryTable;
  decision: DecisionTable;
  lane: LaneTable;
  effect: EffectTable;
  crm_rate_limit: CrmRateLimitTable;
  growth_counter: GrowthCounterTable;
  lead_feature_state: LeadFeatureStateTable;
  api_key: ApiKeyTable;
}
