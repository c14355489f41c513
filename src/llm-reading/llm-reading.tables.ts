export interface LanguageModelUseTable {
  location_id: string;
  /** YYYY-MM-DD in the location's zone. */
  day: string;
  calls: number;
  cost_usd: string;
}

declare module '../database/database.types.js' {
  interface DatabaseTables {
    language_model_use: LanguageModelUseTable;
  }
}
