import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SandboxJournal } from './sandbox-journal.js';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sandbox-journal-'));
  path = join(folder, 'deep', 'sandbox.jsonl');
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('SandboxJournal', () => {
  it('starts empty and makes its folder', () => {
    const journal = new SandboxJournal(path);
    expect(journal.read()).toEqual([]);
    journal.rewrite([]);
    journal.append({ a: 1 });
    expect(readFileSync(path, 'utf8')).toBe('{"a":1}\n');
    journal.close();
  });

  it('has a line on file as soon as it is appended', () => {
    const journal = new SandboxJournal(path);
    journal.rewrite([{ old: true }]);
    journal.append({ text: 'two\nlines' });
    expect(new SandboxJournal(path).read()).toEqual([{ old: true }, { text: 'two\nlines' }]);
    expect(journal.appendedBytes).toBe(22);
    journal.rewrite([{ fresh: true }]);
    expect(journal.appendedBytes).toBe(0);
    journal.append({ more: true });
    expect(new SandboxJournal(path).read()).toEqual([{ fresh: true }, { more: true }]);
    journal.close();
  });

  it('is readable by its owner alone, rewritten or not, whatever was left behind', () => {
    const journal = new SandboxJournal(path);
    const modeOf = (): number => statSync(path).mode & 0o777;
    journal.rewrite([]);
    expect(modeOf()).toBe(0o600);
    writeFileSync(`${path}.new`, 'left behind', { mode: 0o644 });
    journal.rewrite([{ fresh: true }]);
    expect(modeOf()).toBe(0o600);
    rmSync(path);
    journal.append({ a: 1 });
    journal.close();
    expect(modeOf()).toBe(0o600);
  });

  it('drops a last line that was cut off', () => {
    const journal = new SandboxJournal(path);
    journal.rewrite([{ whole: true }]);
    appendFileSync(path, '{"cut":');
    expect(journal.read()).toEqual([{ whole: true }]);
  });

  it('leaves the old file alone when a new one was never finished', () => {
    const journal = new SandboxJournal(path);
    journal.rewrite([{ whole: true }]);
    writeFileSync(`${path}.new`, '{"half');
    expect(journal.read()).toEqual([{ whole: true }]);
    journal.rewrite([{ again: true }]);
    expect(journal.read()).toEqual([{ again: true }]);
  });
});
