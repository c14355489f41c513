import { describe, expect, it } from '@jest/globals';
import { readQuantity } from './quantities.js';
import { tokenize } from './tokenize.js';

describe('readQuantity', () => {
  it.each([
    ['6', 6],
    ['450 000', 450_000],
    ['5 hundred', 500],
    ['six', 6],
    ['twenty five', 25],
    ['four hundred and fifty', 450],
    ['three fifty', 350],
    ['four twenty five', 425],
    ['one point two', 1.2],
    ['one and a half', 1.5],
    ['zero', 0],
  ])('reads "%s" whole', (text, value) => {
    const tokens = tokenize(text);
    expect(readQuantity(tokens, 0)).toEqual({ value, end: tokens.length });
  });

  it.each([
    ['six seven', 6],
    ['one, two', 1],
    ['450 bedrooms', 450],
  ])('stops in "%s"', (text, value) => {
    expect(readQuantity(tokenize(text), 0)).toEqual({ value, end: 1 });
  });

  it.each(['', 'house', 'hundred', '12/31'])('reads nothing in "%s"', (text) => {
    expect(readQuantity(tokenize(text), 0)).toBeUndefined();
  });
});
