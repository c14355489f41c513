import type { Json } from '../database/database.types.js';
import type { LeadContext } from './lead-context.js';

export interface LeadTable {
  location_id: string;
  contact_id: string;
  context: Json<LeadContext>;
  updated_at: Date;
}

export interface LeadFeatureStateTable {
  location_id: string;
  contact_id: string;
  feature: string;
  state: Json<unknown>;
  updated_at: Date;
}

declare module '../database/database.types.js' {
  interface DatabaseTables {
    lead: LeadTable;
    lead_feature_state: LeadFeatureStateTable;
  }
}
