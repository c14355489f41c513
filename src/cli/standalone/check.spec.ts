import { describe, expect, it } from '@jest/globals';
import { eventually, expectStatus, runChecks, type Check } from './check.js';
import type { CheckedSystem } from './checked-system.js';

const NO_SYSTEM = {} as CheckedSystem;

function check(promise: string, fault?: string): Check {
  const verify = () => (fault === undefined ? Promise.resolve() : Promise.reject(new Error(fault)));
  return { promise, verify };
}

describe('runChecks', () => {
  it('writes a line for each check, goes on after a broken one, and counts', async () => {
    const lines: string[] = [];
    const checks = [check('starts'), check('answers', 'answered 500'), check('stops')];
    const results = await runChecks(checks, NO_SYSTEM, (line) => lines.push(line));
    expect(results).toEqual({ passed: 2, failed: 1 });
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^ok {6}starts \(\d+ ms\)\n$/);
    expect(lines[1]).toMatch(/^FAILED {2}answers \(\d+ ms\)\n {8}answered 500\n$/);
  });
});

describe('expectStatus', () => {
  it('hands the body on', () => {
    const answer = { kind: 'answered', status: 200, body: { a: 1 }, durationMs: 1 } as const;
    expect(expectStatus(answer, 200)).toEqual({ a: 1 });
  });

  it('shows what came instead', () => {
    const answer = {
      kind: 'answered',
      status: 403,
      body: { detail: 'no' },
      durationMs: 1,
    } as const;
    expect(() => expectStatus(answer, 200)).toThrow('answered 403 instead of 200: {"detail":"no"}');
    const silence = { kind: 'unanswered', reason: 'ECONNRESET', durationMs: 1 } as const;
    expect(() => expectStatus(silence, 200)).toThrow('no answer: ECONNRESET');
  });
});

describe('eventually', () => {
  it('looks until it is so', async () => {
    let looks = 0;
    const look = () => Promise.resolve((looks += 1));
    const seen = await eventually(look, (count) => count === 2, { withinMs: 5_000, otherwise: '' });
    expect(seen).toBe(2);
  });

  it('says what it saw last when the time is up', async () => {
    const looking = eventually(
      () => Promise.resolve({ tags: [] }),
      () => false,
      {
        withinMs: 0,
        otherwise: 'no tags',
      },
    );
    await expect(looking).rejects.toThrow('no tags within 0 ms; last seen: {"tags":[]}');
  });
});
