import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { keepSecret, keptSecret } from './generated-secret.js';

describe('a secret in the data folder', () => {
  let folder: string;
  let dataDir: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'growthgate-'));
    dataDir = join(folder, 'data');
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it('is made once and found again', () => {
    const made = keptSecret(dataDir, 'webhook-secret');
    expect(made.value).toMatch(/^[0-9a-f]{64}$/);
    expect(keptSecret(dataDir, 'webhook-secret')).toEqual(made);
    expect(keptSecret(dataDir, 'other').value).not.toBe(made.value);
  });

  it('is readable by its owner alone', () => {
    expect(statSync(keptSecret(dataDir, 's').file).mode & 0o777).toBe(0o600);
    expect(statSync(keepSecret(dataDir, 't', 'value').file).mode & 0o777).toBe(0o600);
    writeFileSync(join(dataDir, 'open'), 'old', { mode: 0o644 });
    expect(statSync(keepSecret(dataDir, 'open', 'value').file).mode & 0o777).toBe(0o600);
  });

  it('is refused when it is empty, with the mend', () => {
    const { file } = keptSecret(dataDir, 's');
    writeFileSync(file, ' \n');
    expect(() => keptSecret(dataDir, 's')).toThrow(`${file} is empty: delete it`);
  });
});
