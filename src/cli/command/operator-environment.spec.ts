import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  findAdminKey,
  findWebhookSecret,
  readOperatorEnvironment,
} from './operator-environment.js';

let dataDir: string;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'growthgate-cli-'));
});

afterEach(() => rmSync(dataDir, { recursive: true }));

describe('the secrets of the commands', () => {
  it('are those that the server keeps in its data folder', () => {
    writeFileSync(join(dataDir, 'webhook-secret'), 'kept secret\n');
    writeFileSync(join(dataDir, 'admin-api-key'), 'kept key\n');
    const environment = readOperatorEnvironment({ DATA_DIR: dataDir });
    expect(findWebhookSecret(environment)).toEqual({ kind: 'found', value: 'kept secret' });
    expect(findAdminKey(environment)).toEqual({ kind: 'found', value: 'kept key' });
  });

  it('are the configured ones first, the newest of a rotation', () => {
    writeFileSync(join(dataDir, 'webhook-secret'), 'kept secret\n');
    const environment = readOperatorEnvironment({
      DATA_DIR: dataDir,
      GHL_WEBHOOK_SECRET: 'new,old',
    });
    expect(findWebhookSecret(environment)).toEqual({ kind: 'found', value: 'new' });
  });

  it('are missed in a sentence that names the variable and the file', () => {
    const search = findWebhookSecret(readOperatorEnvironment({ DATA_DIR: dataDir }));
    expect(search.kind === 'missing' && search.mend).toContain('GHL_WEBHOOK_SECRET');
    expect(search.kind === 'missing' && search.mend).toContain(join(dataDir, 'webhook-secret'));
  });
});

describe('readOperatorEnvironment', () => {
  it('needs nothing that only serving needs', () => {
    expect(readOperatorEnvironment({ NODE_ENV: 'production', PORT: '8080' })).toMatchObject({
      dataDir: '.data',
      serviceUrl: 'http://127.0.0.1:8080',
      usesLiveCrm: false,
    });
  });

  it('knows when leads would reach the real CRM', () => {
    const usesLiveCrm = (environment: Record<string, string>) =>
      readOperatorEnvironment(environment).usesLiveCrm;
    expect(usesLiveCrm({ GHL_ACCESS_TOKEN: 'pit-1' })).toBe(true);
    expect(usesLiveCrm({ GHL_ACCESS_TOKEN: 'pit-1', GHL_API_BASE_URL: 'http://127.0.0.1:9' })).toBe(
      false,
    );
  });

  it('names every fault', () => {
    expect(() => readOperatorEnvironment({ PORT: 'x', DATABASE_URL: 'mysql://x' })).toThrow(
      /PORT[\s\S]*DATABASE_URL/,
    );
  });
});
