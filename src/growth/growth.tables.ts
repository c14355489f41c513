export interface GrowthCounterTable {
  metric: string;
  key: string;
  shard: number;
  value: number;
}

/** A source that has a counter of its own. */
export interface ObservedSourceTable {
  location_id: string;
  source_key: string;
}

declare module '../database/database.types.js' {
  interface DatabaseTables {
    growth_counter: GrowthCounterTable;
    observed_source: ObservedSourceTable;
  }
}
