import { describe, expect, it } from '@jest/globals';
import { nextUser } from './handoff-deadline.handler.js';

describe('nextUser', () => {
  it.each([
    ['a', 'b'],
    ['b', 'c'],
    ['c', 'a'],
    ['left the team', 'a'],
    [null, 'a'],
  ])('after %s comes %s', (current, next) => {
    expect(nextUser(['a', 'b', 'c'], current)).toBe(next);
  });

  it('is nobody when there is nobody else', () => {
    expect(nextUser(['a'], 'a')).toBeNull();
    expect(nextUser([], null)).toBeNull();
    expect(nextUser([], 'a')).toBeNull();
  });
});
