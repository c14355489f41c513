import type { ColumnType } from 'kysely';

/** JSON columns are read as values and written as text, so that one statement can carry many rows. */
export type Json<T> = ColumnType<T, string, string>;

/** Migrations that have been applied. */
export interface SchemaMigrationTable {
  name: string;
  timestamp: string;
}

/** Every table by name. Each room declares its own in a `.tables.ts` file beside its repositories. */
export interface DatabaseTables {
  schema_migration: SchemaMigrationTable;
}
