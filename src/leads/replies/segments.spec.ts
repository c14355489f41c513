import { describe, expect, it } from '@jest/globals';
import { fitsOneSegment } from './segments.js';

describe('fitsOneSegment', () => {
  it.each([
    ['a'.repeat(160), true],
    ['a'.repeat(161), false],
    ['é'.repeat(160), true],
    ['ł' + 'a'.repeat(69), true],
    ['ł' + 'a'.repeat(70), false],
  ])('of %j is %s', (text, expected) => {
    expect(fitsOneSegment(text)).toBe(expected);
  });
});
