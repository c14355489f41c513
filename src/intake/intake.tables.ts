import type { Json } from '../database/database.types.js';

export const DELIVERY_STATES = ['processed', 'acknowledged', 'unrecognised', 'failed'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

export interface DeliveryClaimTable {
  location_id: string;
  claim_id: string;
  expires_at: Date;
}

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

/** Settings or a rollout that decisions were made under, named by its content. */
export interface DecisionBasisTable {
  basis_id: string;
  kind: 'rollout' | 'settings';
  document: Json<unknown>;
  recorded_at: Date;
}

export interface DecisionInputTable {
  location_id: string;
  delivery_id: string;
  decided_at: Date;
  decider_version: number;
  rollout_id: string;
  settings_id: string;
  received_at: Date;
  body_digest: string;
  situation: Json<unknown> | null;
  digests: Json<Record<string, string>>;
}

declare module '../database/database.types.js' {
  interface DatabaseTables {
    delivery_claim: DeliveryClaimTable;
    delivery: DeliveryTable;
    decision: DecisionTable;
    decision_basis: DecisionBasisTable;
    decision_input: DecisionInputTable;
  }
}
