import type { Generated } from 'kysely';
import type { Json } from '../database/database.types.js';
import type { HandoffState, HandoffSummary, RiskLevel } from './handoff.js';

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

declare module '../database/database.types.js' {
  interface DatabaseTables {
    handoff: HandoffTable;
  }
}
