import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DataFolderLock } from './data-folder-lock.js';

let dataDir: string;
let lockFile: string;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'growthgate-lock-'));
  lockFile = join(dataDir, 'postgres.lock');
});

afterEach(() => rmSync(dataDir, { recursive: true }));

describe('the lock of a data folder', () => {
  it('is refused while this very process holds it, and free after the release', () => {
    const lock = DataFolderLock.acquire(dataDir);
    expect(() => DataFolderLock.acquire(dataDir)).toThrow(
      `The data folder ${dataDir} is in use by process ${process.pid} since `,
    );
    lock.release();
    expect(readdirSync(dataDir)).toEqual([]);
    DataFolderLock.acquire(dataDir).release();
  });

  it('passes from a process whose pid was given to another', () => {
    DataFolderLock.acquire(dataDir);
    const held = JSON.parse(readFileSync(lockFile, 'utf8')) as object;
    writeFileSync(lockFile, JSON.stringify({ ...held, startMark: 'an earlier boot/1' }));
    DataFolderLock.acquire(dataDir).release();
  });

  it.each(['', 'not JSON', '{}', 'null', '{"pid":"1"}'])(
    'passes over the remains %j of a crash',
    (remains) => {
      writeFileSync(lockFile, remains);
      DataFolderLock.acquire(dataDir).release();
      expect(readdirSync(dataDir)).toEqual([]);
    },
  );

  it('is not taken away by the release of somebody who lost it', () => {
    const lost = DataFolderLock.acquire(dataDir);
    rmSync(lockFile);
    DataFolderLock.acquire(dataDir);
    lost.release();
    expect(existsSync(lockFile)).toBe(true);
  });

  it('says why it cannot be written', () => {
    expect(() => DataFolderLock.acquire(join(dataDir, 'missing'))).toThrow('ENOENT');
  });
});
