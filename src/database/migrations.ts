import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  Kysely,
  type Migration,
  type MigrationProvider,
  Migrator,
  PostgresDialect,
  sql,
} from 'kysely';
import { createPatientPool } from './connection-pool.js';

/** The same number of folders above `src/database` and `dist/database`. */
export const MIGRATIONS_DIR = fileURLToPath(new URL('../../migrations', import.meta.url));

const MIGRATION_TABLE = 'schema_migration';
const FILE_NAME = /^\d{4}_[a-z0-9_]+\.sql$/;

interface MigrationTables {
  readonly [MIGRATION_TABLE]: { readonly name: string };
}

/**
 * Brings the schema up to date: all pending files in one transaction, under an advisory lock, so
 * several replicas may start at once. Returns the names that this call applied.
 *
 * Migrations that a newer replica has applied and this one does not know are left alone: migrations
 * only ever expand what older code relies on, and during a rolling deploy old replicas still start.
 */
export async function runMigrations(
  url: string,
  directory = MIGRATIONS_DIR,
): Promise<readonly string[]> {
  // One connection holds the lock, the other reads what is applied.
  const pool = createPatientPool(url, 2);
  const kysely = new Kysely<MigrationTables>({ dialect: new PostgresDialect({ pool }) });
  try {
    const migrator = new Migrator({
      db: kysely,
      provider: new SqlFileMigrations(kysely, directory),
      migrationTableName: MIGRATION_TABLE,
      migrationLockTableName: `${MIGRATION_TABLE}_lock`,
      allowUnorderedMigrations: true,
    });
    const { error, results = [] } = await migrator.migrateToLatest();
    if (error !== undefined) {
      const failed = results.find(({ status }) => status === 'Error')?.migrationName;
      const which = failed === undefined ? 'The schema' : `Migration ${failed}`;
      throw new Error(`${which} could not be applied: ${describe(error)}`, { cause: error });
    }
    return results.map(({ migrationName }) => migrationName);
  } finally {
    await kysely.destroy();
  }
}

class SqlFileMigrations implements MigrationProvider {
  constructor(
    private readonly kysely: Kysely<MigrationTables>,
    private readonly directory: string,
  ) {}

  /** The migrator asks while it holds the lock, so what is applied cannot change meanwhile. */
  async getMigrations(): Promise<Record<string, Migration>> {
    const [known, applied] = await Promise.all([this.readFiles(), this.listApplied()]);
    const unknown = applied.filter((name) => !known.some(([knownName]) => knownName === name));
    return Object.fromEntries([
      ...known,
      ...unknown.map((name) => [name, ALREADY_APPLIED] as const),
    ]);
  }

  private async readFiles(): Promise<readonly (readonly [string, Migration])[]> {
    const files = (await readdir(this.directory)).filter((file) => file.endsWith('.sql')).sort();
    const misnamed = files.find((file) => !FILE_NAME.test(file));
    if (misnamed !== undefined)
      throw new Error(`${misnamed} is not named like 0001_what_it_does.sql`);
    return Promise.all(files.map((file) => this.readMigration(file)));
  }

  private async readMigration(file: string): Promise<readonly [string, Migration]> {
    const statements = await readFile(join(this.directory, file), 'utf8');
    const migration: Migration = {
      up: async (transaction) => {
        await sql.raw(statements).execute(transaction);
      },
    };
    return [file.replace(/\.sql$/, ''), migration];
  }

  private async listApplied(): Promise<readonly string[]> {
    const rows = await this.kysely.selectFrom(MIGRATION_TABLE).select('name').execute();
    return rows.map(({ name }) => name);
  }
}

const ALREADY_APPLIED: Migration = {
  up: () => Promise.resolve(),
};

function describe(error: unknown): string {
  const isDescribed = typeof error === 'object' && error !== null && 'message' in error;
  return String(isDescribed ? error.message : error);
}
