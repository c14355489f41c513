import { describe, expect, it } from '@jest/globals';
import { findVersionProblem } from './open-database.js';

describe('findVersionProblem', () => {
  it('says which version is needed and which is there', () => {
    expect(findVersionProblem(140_013)).toBe(
      'PostgreSQL 15 or newer is needed, and the server of DATABASE_URL is version 14.',
    );
    expect(findVersionProblem(90_624)).toContain('is version 9.');
  });

  it.each([150_000, 150_004, 180_004])('has nothing against %d', (versionNumber) => {
    expect(findVersionProblem(versionNumber)).toBeUndefined();
  });

  it('does not take an unreadable version for a good one', () => {
    expect(findVersionProblem(Number.NaN)).toBeDefined();
  });
});
