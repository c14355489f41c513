export interface InstallationKeyTable {
  purpose: string;
  secret: string;
  created_at: Date;
}

export interface ErasedContactTable {
  location_id: string;
  contact_hmac: string;
  erased_at: Date;
}

export interface KeptRefusalTable {
  location_id: string;
  address_hmac: string;
  /** `*` for all. */
  channel: string;
  refused_at: Date;
}

declare module '../database/database.types.js' {
  interface DatabaseTables {
    installation_key: InstallationKeyTable;
    erased_contact: ErasedContactTable;
    kept_refusal: KeptRefusalTable;
  }
}
