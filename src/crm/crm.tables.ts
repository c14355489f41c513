export interface CrmRateLimitTable {
  location_id: string;
  tat: Date;
}

declare module '../database/database.types.js' {
  interface DatabaseTables {
    crm_rate_limit: CrmRateLimitTable;
  }
}
