import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { createKey } from '../../../src/cli/key/create-key.js';
import { findRunningDatabaseUrl } from '../../../src/cli/command/running-database.js';
import { Database } from '../../../src/database/database.js';
import { EmbeddedPostgres } from '../../../src/database/embedded/embedded-postgres.js';
import { startTestApp } from '../../support/test-app.js';

const NOW = new Date('2026-03-02T15:00:00Z');

describe('a key made beside a server with DATABASE_URL', () => {
  it('opens what its scopes allow, and nothing else', async () => {
    const product = await startTestApp();
    try {
      const databaseUrl = product.app.get(Database).server.url;
      const key = await createKey(
        { scopes: ['admin:read'], label: 'test' },
        { dataDir: 'unused', databaseUrl },
        NOW,
      );
      const bearer = `Bearer ${key.text}`;
      await product.http.get('/admin/summary').set('Authorization', bearer).expect(200);
      const body = { message: 'Hi' };
      await product.http.post('/analyze-lead').set('Authorization', bearer).send(body).expect(403);
    } finally {
      await product.close();
    }
  });
});

describe('a key made for the built-in database', () => {
  let dataDir: string;

  beforeAll(async () => {
    Logger.overrideLogger(['error']);
    dataDir = await mkdtemp(join(tmpdir(), 'growthgate-key-'));
    // Started as root, the database runs as another account, which has to enter the folder.
    await chmod(dataDir, 0o755);
  });
  afterAll(() => rm(dataDir, { recursive: true, force: true }));

  const create = (label: string) =>
    createKey({ scopes: ['leads'], label }, { dataDir, databaseUrl: undefined }, NOW);

  it('starts the database where none runs, and leaves none running', async () => {
    expect(findRunningDatabaseUrl(dataDir)).toBeUndefined();
    const key = await create('before the server');
    expect(key).toMatchObject({ place: dataDir, scopes: ['leads'] });
    expect(findRunningDatabaseUrl(dataDir)).toBeUndefined();
  });

  it('joins the database of a running server, which holds the data folder', async () => {
    const server = await EmbeddedPostgres.start({ dataDir });
    try {
      expect(findRunningDatabaseUrl(dataDir)).toBe(server.url);
      const { keyId } = await create('beside the server');
      expect(await labelsIn(server.url)).toEqual(['before the server', 'beside the server']);
      expect(keyId).toMatch(/^[0-9a-f]{12}$/);
    } finally {
      await server.stop();
    }
  });
});

async function labelsIn(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ label: string }>('select label from api_key order by 1');
    return rows.map(({ label }) => label);
  } finally {
    await client.end();
  }
}
