import { describe, expect, it } from '@jest/globals';
import { HOLD_RECHECK_MS, judgeHold } from './handoff-hold.js';
import { SAMPLE_OPENED_AT } from './testing/sample-handoffs.js';

const handoff = { openedAt: SAMPLE_OPENED_AT };
const now = new Date(SAMPLE_OPENED_AT.getTime() + 60_000);
const later = new Date(SAMPLE_OPENED_AT.getTime() + 1);

describe('judgeHold', () => {
  it('holds nothing without a handoff', () => {
    expect(judgeHold({ purpose: 'follow_up', createdAt: later }, undefined, now)).toEqual({
      kind: 'send',
    });
  });

  it('lets the reply to the message that opened it out', () => {
    const reply = { purpose: 'reply', createdAt: SAMPLE_OPENED_AT } as const;
    expect(judgeHold(reply, handoff, now)).toEqual({ kind: 'send' });
  });

  it.each([
    ['reply', later],
    ['follow_up', later],
    ['follow_up', SAMPLE_OPENED_AT],
  ] as const)('holds a %s', (purpose, createdAt) => {
    expect(judgeHold({ purpose, createdAt }, handoff, now)).toEqual({
      kind: 'postpone',
      until: new Date(now.getTime() + HOLD_RECHECK_MS),
      reason: 'handoff_open',
    });
  });
});
