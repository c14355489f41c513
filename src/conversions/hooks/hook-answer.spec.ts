import { describe, expect, it } from '@jest/globals';
import { dispositionOfAnswer, type HookAnswer } from './hook-answer.js';

const answered = (status: number, retryAfterMs: number | null = null): HookAnswer => ({
  kind: 'answered',
  status,
  retryAfterMs,
});
const NO_ANSWER: HookAnswer = { kind: 'no_answer', reason: 'ECONNREFUSED' };

describe('what a hook answers decides', () => {
  it.each([200, 201, 202, 204, 299])('that %i is delivered', (status) => {
    expect(dispositionOfAnswer(answered(status), 0, 0)).toEqual({ kind: 'delivered' });
  });

  it.each([429, 500, 502, 503, 504])('that %i is tried again', (status) => {
    expect(dispositionOfAnswer(answered(status), 0, 0)).toEqual({
      kind: 'retry',
      error: `the hook answered ${status}`,
      afterMs: 5_000,
      cause: 'failed',
    });
  });

  it('that silence is tried again', () => {
    expect(dispositionOfAnswer(NO_ANSWER, 1, 0)).toEqual({
      kind: 'retry',
      error: 'the hook gave no answer (ECONNREFUSED)',
      afterMs: 30_000,
      cause: 'away',
    });
  });

  it.each([400, 401, 403, 404, 409, 410, 422])('that %i is a dead letter', (status) => {
    expect(dispositionOfAnswer(answered(status), 0, 0)).toEqual({
      kind: 'dead',
      error: `the hook answered ${status}`,
    });
  });

  it('that a redirect is a dead letter which says why', () => {
    expect(dispositionOfAnswer(answered(302), 0, 0)).toEqual({
      kind: 'dead',
      error: 'the hook answered 302: redirects are not followed',
    });
  });
});

describe('the waits', () => {
  const waitMs = (attempts: number, random: number, answer = answered(503)) => {
    const disposition = dispositionOfAnswer(answer, attempts, random);
    return disposition.kind === 'retry' ? disposition.afterMs : undefined;
  };

  it('grow, and end in a dead letter before the outbox gives up after six hours', () => {
    const waits = [0, 1, 2, 3, 4, 5, 6].map((attempts) => waitMs(attempts, 1) ?? 0);
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeLessThan(6 * 3_600_000);
    expect(dispositionOfAnswer(NO_ANSWER, 7, 0)).toEqual({
      kind: 'dead',
      error: 'given up: the hook gave no answer (ECONNREFUSED)',
    });
  });

  it('are spread by up to a fifth', () => {
    expect(waitMs(1, 0)).toBe(30_000);
    expect(waitMs(1, 0.5)).toBe(33_000);
    expect(waitMs(1, 1)).toBe(36_000);
  });

  it('are as long as the receiver asks, up to an hour, and never shorter than ours', () => {
    expect(waitMs(0, 0, answered(429, 60_000))).toBe(60_000);
    expect(waitMs(0, 0, answered(429, 1_000))).toBe(5_000);
    expect(waitMs(0, 0, answered(503, 86_400_000))).toBe(3_600_000);
  });
});
