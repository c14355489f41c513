export interface GrowthCounterTable {
  metric: string;
  key: string;
  shard: number;
  value: number;
}

declare module '../database/database.types.js' {
  interface DatabaseTables {
    growth_counter: GrowthCounterTable;
  }
}
