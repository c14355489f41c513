import { describe, expect, it } from '@jest/globals';
import { TrafficTally } from './traffic-tally.js';

const answered = (status: number, body: unknown, durationMs = 1) =>
  ({ kind: 'answered', status, body, durationMs }) as const;

describe('TrafficTally', () => {
  it('counts each answer once, under what it is', () => {
    const tally = new TrafficTally();
    tally.record(answered(200, { status: 'processed', priority: 'high', lead_temperature: 'hot' }));
    tally.record(
      answered(200, { status: 'processed', priority: 'high', lead_temperature: 'warm' }),
    );
    tally.record(answered(200, { status: 'acknowledged' }));
    tally.record(answered(200, { status: 'duplicate_ignored' }));
    tally.record(answered(403, { detail: 'Invalid webhook signature' }, 7));
    tally.record({ kind: 'unanswered', reason: 'ECONNREFUSED', durationMs: 3 });
    expect({ ...tally }).toEqual({
      sent: 6,
      processed: 2,
      acknowledged: 1,
      duplicates: 1,
      refused: new Map([[403, 1]]),
      unanswered: 1,
      byPriority: new Map([['high', 2]]),
      byTemperature: new Map([
        ['hot', 1],
        ['warm', 1],
      ]),
      replyMs: [1, 1, 1, 1, 7],
    });
  });
});
