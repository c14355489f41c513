import { describe, expect, it } from '@jest/globals';
import { nextUser, userInTurn } from './assignee.js';

describe('userInTurn', () => {
  it('gives every user the same number of turns', () => {
    const users = [1, 2, 3, 4, 5, 6].map((turn) => userInTurn(['a', 'b', 'c'], turn));
    expect(users).toEqual(['b', 'c', 'a', 'b', 'c', 'a']);
  });

  it("leaves it to the contact's owner when nobody is configured", () => {
    expect(userInTurn([], 7)).toBeNull();
  });
});

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
