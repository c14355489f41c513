import type { Generated } from 'kysely';
import type { ConsentEntry, ConsentKind } from './consent-register.js';

export interface ConsentEntryTable {
  entry_id: Generated<number>;
  location_id: string;
  address: string;
  channel: string;
  kind: ConsentKind;
  effective_at: Date;
  recorded_at: Date;
  contact_id: string;
  said_by: ConsentEntry['saidBy'];
  words: string | null;
  origin: string;
}

declare module '../database/database.types.js' {
  interface DatabaseTables {
    consent_entry: ConsentEntryTable;
  }
}
