import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { postmasterPidFile, readPostmasterPid } from './postmaster-pid.js';

describe('the pid file of a server', () => {
  let clusterDir: string;

  beforeEach(() => {
    clusterDir = mkdtempSync(join(tmpdir(), 'growthgate-pid-'));
  });

  afterEach(() => rmSync(clusterDir, { recursive: true, force: true }));

  it('has no lines when there is none', () => {
    expect(readPostmasterPid(clusterDir)).toEqual([]);
  });

  it('has its lines', () => {
    writeFileSync(postmasterPidFile(clusterDir), '12\n/data\n');
    expect(readPostmasterPid(clusterDir)).toEqual(['12', '/data', '']);
  });

  it('may come and go at any moment: it is read, or has no lines', async () => {
    const file = postmasterPidFile(clusterDir);
    const flicker = new Worker(
      `const { linkSync, unlinkSync, writeFileSync } = require('node:fs');
       const { workerData: file } = require('node:worker_threads');
       writeFileSync(file + '.draft', '12\\n');
       for (;;) { linkSync(file + '.draft', file); unlinkSync(file); }`,
      { eval: true, workerData: file },
    );
    const seen = new Set<string>();
    for (let tries = 0; seen.size < 2 && tries < 1_000_000; tries += 1) {
      for (let reads = 0; reads < 500; reads += 1) seen.add(readPostmasterPid(clusterDir).join());
      await new Promise(setImmediate);
    }
    await flicker.terminate();
    expect([...seen].sort()).toEqual(['', '12,']);
  });
});
