import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { runMigrations } from '../../../src/database/migrations.js';
import { type TestDatabase, createEmptyTestDatabase } from '../../support/test-database.js';

describe('the migrations', () => {
  let database: TestDatabase;
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'growthgate-migrations-'));
    database = await createEmptyTestDatabase();
  });

  afterEach(async () => {
    await database.drop();
    await rm(folder, { recursive: true });
  });

  async function folderOf(files: Readonly<Record<string, string>>): Promise<string> {
    const directory = await mkdtemp(join(folder, 'migrations-'));
    for (const [name, content] of Object.entries(files)) {
      await writeFile(join(directory, name), content);
    }
    return directory;
  }

  it('bring an empty database to the schema of the code, once', async () => {
    const first = await runMigrations(database.url);
    expect(first[0]).toMatch(/^0001_/);
    expect(await runMigrations(database.url)).toEqual([]);
  });

  it('are applied by one of several replicas that start at once', async () => {
    const directory = await folderOf({
      '0001_table.sql': 'create table lead (id text); select 1;',
    });
    const applied = await Promise.all(
      Array.from({ length: 4 }, () => runMigrations(database.url, directory)),
    );
    expect(applied.flat()).toEqual(['0001_table']);
  });

  it('let an older replica start on a newer schema, and leave the unknown migration recorded', async () => {
    const older = { '0001_table.sql': 'create table lead (id text)' };
    const newer = { ...older, '0002_column.sql': 'alter table lead add column name text' };
    const olderDirectory = await folderOf(older);
    const newerDirectory = await folderOf(newer);

    await runMigrations(database.url, newerDirectory);

    expect(await runMigrations(database.url, olderDirectory)).toEqual([]);
    expect(await runMigrations(database.url, newerDirectory)).toEqual([]);
  });

  it('apply a file that is new to a database which is otherwise ahead', async () => {
    await runMigrations(database.url, await folderOf({ '0002_late.sql': 'create table late ()' }));
    const directory = await folderOf({ '0001_early.sql': 'create table early ()' });
    expect(await runMigrations(database.url, directory)).toEqual(['0001_early']);
  });

  it('leave nothing behind when one of them fails, and name it', async () => {
    const directory = await folderOf({
      '0001_table.sql': 'create table lead (id text)',
      '0002_broken.sql': 'alter table nowhere add column name text',
    });
    await expect(runMigrations(database.url, directory)).rejects.toThrow(
      'Migration 0002_broken could not be applied: relation "nowhere" does not exist',
    );
    expect(await listTables(database.url)).not.toContain('lead');
  });

  it('refuse a file whose name has no place in the order', async () => {
    const directory = await folderOf({ 'later.sql': 'select 1' });
    await expect(runMigrations(database.url, directory)).rejects.toThrow('later.sql is not named');
  });
});

async function listTables(url: string): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const tables = await client.query<{ tablename: string }>('select tablename from pg_tables');
  await client.end();
  return tables.rows.map(({ tablename }) => tablename);
}
