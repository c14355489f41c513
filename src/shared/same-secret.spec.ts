import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isSameSecret } from './same-secret.js';

describe('isSameSecret', () => {
  it('tells texts apart as equality does, of any length and script', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.string({ unit: 'grapheme' }),
        (one, other) => {
          expect(isSameSecret(one, one)).toBe(true);
          expect(isSameSecret(one, other)).toBe(one === other);
          expect(isSameSecret(one, `${one}x`)).toBe(false);
        },
      ),
    );
  });
});
