import {
  chmodSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { setInFile } from './set-in-file.js';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'growthgate-env-'));
  file = join(folder, '.env');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Each argument as on the command line. */
function set(
  texts: readonly string[],
  environment: Record<string, string> = {},
): Promise<string[]> {
  const assignments = texts.map((text) => {
    const [name = '', ...rest] = text.split('=');
    return { name, value: rest.join('=') };
  });
  return setInFile(assignments, file, environment);
}

describe('setting variables in a file', () => {
  it('makes a new one for its owner alone, and says what it did', async () => {
    expect(await set(['PORT=8080', 'QUIET_HOURS=off'])).toEqual([
      `${file}: set PORT, QUIET_HOURS. Restart the server.`,
    ]);
    expect(readFileSync(file, 'utf8')).toBe('PORT=8080\nQUIET_HOURS=off\n');
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('keeps the mode, and a link that leads to the file elsewhere; leaves no draft', async () => {
    const target = join(folder, 'settings');
    writeFileSync(target, 'PORT=1');
    chmodSync(target, 0o640);
    symlinkSync(target, file);
    await set(['PORT=2']);
    expect(lstatSync(file).isSymbolicLink()).toBe(true);
    expect(readFileSync(target, 'utf8')).toBe('PORT=2\n');
    expect(statSync(target).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder).sort()).toEqual(['.env', 'settings']);
  });

  it.each([
    ['PROT=8080', /^PROT is no variable of this build; did you mean PORT\?$/],
    [
      'FF_GROWTH_SLA_HANDOFF_ENABLED=true',
      /^FF_GROWTH_SLA_HANDOFF_ENABLED .* did you mean FF_GROWTH_SLA_HANDOFF_THRESHOLDS_ENABLED\?$/,
    ],
    ['PORT=http', /^Nothing was written\. [^]*PORT must be a whole number/],
    ['FF_GROWTH_CANARY_MODE_ENABLED=perhaps', /FF_GROWTH_CANARY_MODE_ENABLED must be one of 1/],
  ])('refuses %s, and writes nothing', async (text, sentence) => {
    writeFileSync(file, 'HOST=localhost');
    await expect(set(['QUIET_HOURS=off', text])).rejects.toThrow(sentence);
    expect(readFileSync(file, 'utf8')).toBe('HOST=localhost');
    expect(readdirSync(folder)).toEqual(['.env']);
  });

  it('names every unknown variable at once', async () => {
    await expect(set(['PROT=1', 'HSOT=2'])).rejects.toThrow(/PROT[^]*HSOT/);
  });

  it('holds the whole against the rules, with what the environment adds', async () => {
    writeFileSync(file, 'LEAD_MIN_BUDGET=500000\n');
    await expect(set(['LEAD_MAX_BUDGET=400000'])).rejects.toThrow('LEAD_MIN_BUDGET must not be');
    await set(['LEAD_MAX_BUDGET=400000'], { LEAD_MIN_BUDGET: '300000' });
    const production = ['NODE_ENV=production', 'GHL_ACCESS_TOKEN=pit-token'];
    await expect(set(production)).rejects.toThrow('GHL_WEBHOOK_SECRET');
  });

  it('warns of what the server would warn of, and of what the environment hides', async () => {
    writeFileSync(file, 'FF_GROWTH_CANARY_SORCE=google\n');
    const [, ...warnings] = await set(['METRICS_TOKEN=short', 'PORT=1'], { PORT: '2' });
    expect(warnings).toEqual([
      expect.stringMatching(/^warning: METRICS_TOKEN has fewer than 16 characters/),
      expect.stringMatching(/^warning: FF_GROWTH_CANARY_SORCE .* FF_GROWTH_CANARY_SOURCE\?$/),
      expect.stringMatching(/^warning: PORT is set in the environment of this shell too/),
    ]);
    expect(warnings.join()).not.toContain('short');
  });
});
