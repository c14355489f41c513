import type { Json } from '../database/database.types.js';

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

export interface ExperimentPlanTable {
  experiment: string;
  plan: Json<Record<string, unknown>>;
  started_at: Date;
}

declare module '../database/database.types.js' {
  interface DatabaseTables {
    exposure: ExposureTable;
    experiment_plan: ExperimentPlanTable;
  }
}
