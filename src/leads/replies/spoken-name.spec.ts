import { describe, expect, it } from '@jest/globals';
import { toSpokenName } from './spoken-name.js';

describe('toSpokenName', () => {
  it.each([
    ['Ana', 'Ana'],
    ['  Ana  ', 'Ana'],
    ['Mary Jane', 'Mary Jane'],
    ['O’Brien', "O'Brien"],
    ['José', 'José'],
    ['Jean-Luc', 'Jean-Luc'],
    ['J. R.', 'J. R.'],
    ['美玲', '美玲'],
    ['<b>Ana</b>', 'Ana'],
    ['Ana\u0000\u202E', 'Ana'],
    ['Ana\nMaria', 'Ana Maria'],
    ['ANA', 'Ana'],
    ['ana', 'Ana'],
    ['MARY ANN', 'Mary Ann'],
    ["o'brien", "O'Brien"],
    ['McKenzie', 'McKenzie'],
    ['Ana 🌸', 'Ana'],
    ['Wolfeschlegelstein Hausenbergerdorff', 'Wolfeschlegelstein'],
  ])('greets %j as %j', (stored, expected) => {
    expect(toSpokenName(stored)).toBe(expected);
  });

  it.each([
    undefined,
    '',
    '   ',
    'ana@example.com',
    '@ana_sells',
    'ana_sells',
    'bob.smith',
    'user42',
    '+12145550100',
    '{{contact.first_name}}',
    '<script>alert(1)</script>',
    'http://spam.example',
    'Unknown',
    'Spam Likely',
    'SCAM LIKELY',
    'Zillow Lead',
    'Zillow',
    'Wireless Caller',
    'Facebook User',
    'DALLAS TX',
    'New Lead',
    'Test Test',
    'Mr',
    'N/A',
    'null',
    'x'.repeat(31),
    '\u{1F600}',
  ])('greets nobody as %j', (stored) => {
    expect(toSpokenName(stored)).toBeUndefined();
  });
});
