import type { Generated } from 'kysely';

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

declare module '../database/database.types.js' {
  interface DatabaseTables {
    lead_milestone: LeadMilestoneTable;
    lead_outcome: LeadOutcomeTable;
    outcome_mapping: OutcomeMappingTable;
    unmapped_status: UnmappedStatusTable;
  }
}
