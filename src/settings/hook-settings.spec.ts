import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { isHookSecret } from '../config/hook-configuration.js';
import { HOOK_SECRET_FILE, hookSettings } from './hook-settings.js';

const url = 'https://hooks.example.test/';
let dataDir: string;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'hook-endpoint-'));
});

afterEach(() => rmSync(dataDir, { recursive: true }));

describe('the endpoint of decision hooks', () => {
  it('makes a secret of the right form once, for the owner alone', () => {
    const [secret = ''] = hookSettings({ hook: { url, secrets: [] }, dataDir }).secrets;
    expect(isHookSecret(secret)).toBe(true);
    expect(hookSettings({ hook: { url, secrets: [] }, dataDir }).secrets).toEqual([secret]);
    const file = join(dataDir, HOOK_SECRET_FILE);
    expect(secret).toBe(`whsec_${readFileSync(file, 'utf8').trim()}`);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('makes none where one is configured, or where there is nothing to sign', () => {
    expect(hookSettings({ hook: { url, secrets: ['whsec_x'] }, dataDir }).secrets).toEqual([
      'whsec_x',
    ]);
    expect(hookSettings({ hook: { url: undefined, secrets: [] }, dataDir }).secrets).toEqual([]);
    expect(existsSync(join(dataDir, HOOK_SECRET_FILE))).toBe(false);
  });
});
