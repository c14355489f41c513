import { describe, expect, it } from '@jest/globals';
import { inspectProcess, parseProcStat } from './process-state.js';

const FIELDS_4_TO_21 = Array.from({ length: 18 }, (_, index) => index + 4).join(' ');
const statOf = (name: string, state: string, startTicks: number): string =>
  `77 (${name}) ${state} ${FIELDS_4_TO_21} ${startTicks} 23 24`;

describe('parseProcStat', () => {
  it('marks a process by its boot and its start', () => {
    expect(parseProcStat(statOf('node', 'S', 4_711), 'boot')).toEqual({
      kind: 'running',
      startMark: 'boot/4711',
    });
  });

  it('is not fooled by a name that looks like fields', () => {
    expect(parseProcStat(statOf('a) Z 1 (b', 'R', 5), 'boot')).toEqual({
      kind: 'running',
      startMark: 'boot/5',
    });
  });

  it('tells the dead that are still listed', () => {
    expect(parseProcStat(statOf('node', 'Z', 5), 'boot').kind).toBe('zombie');
    expect(parseProcStat(statOf('node', 'X', 5), 'boot').kind).toBe('gone');
  });
});

describe('inspectProcess', () => {
  it('knows this process, twice by the same mark', () => {
    const state = inspectProcess(process.pid);
    expect(state.kind).toBe('running');
    expect(inspectProcess(process.pid)).toEqual(state);
  });

  it.each([0, -1, 4_194_305, Number.NaN])('says that %d is gone', (pid) => {
    expect(inspectProcess(pid)).toEqual({ kind: 'gone' });
  });
});
