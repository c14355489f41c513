import { describe, expect, it } from '@jest/globals';
import type { ServiceAnswer } from '#product/cli/client/growthgate-client.js';
import type { PlannedDelivery } from './plan-traffic.js';
import { sendTraffic, type Pace } from './send-traffic.js';

const ANSWER: ServiceAnswer = { kind: 'answered', status: 200, body: {}, durationMs: 1 };

/** A clock that only waiting moves. */
function standingPace(): Pace & { now: number } {
  return {
    now: 0,
    nowMs() {
      return this.now;
    },
    wait(durationMs) {
      this.now += durationMs;
      return Promise.resolve();
    },
  };
}

const delivery = (leadIndex: number, body: string): PlannedDelivery => ({
  leadIndex,
  kind: 'message',
  body,
});
const turnOver = () => new Promise((resolve) => setImmediate(resolve));

describe('sendTraffic', () => {
  it('keeps the rate', async () => {
    const pace = standingPace();
    const sentAt: number[] = [];
    await sendTraffic(
      [0, 1, 2, 3].map((lead) => delivery(lead, String(lead))),
      {
        ratePerSecond: 20,
        concurrency: 10,
        pace,
        signal: new AbortController().signal,
        send: () => Promise.resolve(ANSWER),
        onAnswer: () => sentAt.push(pace.now),
      },
    );
    expect(pace.now).toBe(150);
    expect(sentAt).toHaveLength(4);
  });

  it('never has two deliveries of one lead under way, and not more than allowed at all', async () => {
    const underWay: string[] = [];
    let most = 0;
    const leads = [0, 0, 1, 0, 2, 1, 3, 3, 0];
    await sendTraffic(
      leads.map((lead) => delivery(lead, `lead ${lead}`)),
      {
        ratePerSecond: 1_000_000,
        concurrency: 3,
        pace: standingPace(),
        signal: new AbortController().signal,
        send: async (body) => {
          expect(underWay).not.toContain(body);
          underWay.push(body);
          most = Math.max(most, underWay.length);
          await turnOver();
          underWay.splice(underWay.indexOf(body), 1);
          return ANSWER;
        },
        onAnswer: () => undefined,
      },
    );
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(3);
  });

  it('sends nothing more once it is aborted, and waits for what is under way', async () => {
    const interruption = new AbortController();
    const answered: string[] = [];
    await sendTraffic(
      ['a', 'b', 'c', 'd'].map((body, index) => delivery(index, body)),
      {
        ratePerSecond: 1_000,
        concurrency: 4,
        pace: standingPace(),
        signal: interruption.signal,
        send: async (body) => {
          if (body === 'b') interruption.abort();
          await turnOver();
          return ANSWER;
        },
        onAnswer: (_answer, { body }) => answered.push(body),
      },
    );
    expect(answered).toEqual(['a', 'b']);
  });
});
