import type { Json } from '../database/database.types.js';

export const DELIVERY_STATES = ['processed', 'acknowledged', 'unrecognised', 'failed'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

export interface DeliveryClaimTable {
  location_id: string;
  claim_id: string;
  expires_at: Date;
}

/** Of a delivery, whatever became of it. */
interface DeliveryColumns {
  location_id: string;
  delivery_id: string;
  contact_id: string | null;
  event_type: string;
  scheme: string;
  body: string;
  occurred_at: Date;
  received_at: Date;
}

/**
 * Those that failed, until they are decided. Others were decided by a version before 0006, and go with
 * time.
 */
export interface DeliveryTable extends DeliveryColumns {
  state: DeliveryState;
  error: string | null;
}

/** With what each was decided from: null where that is nothing. In partitions by `decided_at`. */
export interface DecidedDeliveryTable extends DeliveryColumns {
  state: Exclude<DeliveryState, 'failed'>;
  decided_at: Date;
  decider_version: number | null;
  rollout_id: string | null;
  settings_id: string | null;
  /** Also null once the person was erased. */
  situation: Json<unknown> | null;
  digests: Json<Record<string, string>> | null;
}

/** In partitions by `decided_at`. */
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

/** What deliveries in `delivery` were decided from, by a version before 0006. */
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
    decided_delivery: DecidedDeliveryTable;
    decision: DecisionTable;
    decision_basis: DecisionBasisTable;
    decision_input: DecisionInputTable;
  }
}
