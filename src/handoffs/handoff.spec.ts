import { describe, expect, it } from '@jest/globals';
import { judgeStep } from './handoff.js';

describe('judgeStep', () => {
  it.each([
    ['acknowledge', 'open', 'applies'],
    ['acknowledge', 'acknowledged', 'already_done'],
    ['acknowledge', 'resolved', 'refused'],
    ['resolve', 'open', 'applies'],
    ['resolve', 'acknowledged', 'applies'],
    ['resolve', 'resolved', 'already_done'],
  ] as const)('to %s what is %s: %s', (step, state, verdict) => {
    expect(judgeStep(step, state)).toBe(verdict);
  });
});
