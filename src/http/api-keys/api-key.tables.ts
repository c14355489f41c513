export interface ApiKeyTable {
  key_id: string;
  key_hash: string;
  label: string;
  scopes: string[];
  created_at: Date;
  revoked_at: Date | null;
}

declare module '../../database/database.types.js' {
  interface DatabaseTables {
    api_key: ApiKeyTable;
  }
}
