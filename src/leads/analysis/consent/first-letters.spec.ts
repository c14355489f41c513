import { describe, expect, it } from '@jest/globals';
import { beginningsOf, firstLetters } from './first-letters.js';

describe('firstLetters', () => {
  it.each<[RegExp, readonly string[] | null]>([
    [/ (?:stop|quit|cease)(?= )/g, ['stop', 'quit', 'ceas']],
    [/ no (?:more )?texts/, ['no']],
    [/ (?:(?:dont|do not) text|leave)/, ['dont', 'do', 'leav']],
    [/ texts? off/, ['text']],
    [/ (?:a?b|c)/, null],
    [/ (?:(?:please )?stop)/, null],
    [/^stop/, null],
    [/ [ab]c/, null],
  ])('of %s are %j', (pattern, letters) => {
    expect(firstLetters(pattern)).toEqual(letters === null ? null : new Set(letters));
  });
});

describe('beginningsOf', () => {
  it('are those of each word', () => {
    expect(beginningsOf(' . no texts')).toEqual(
      new Set(['.', 'n', 'no', 't', 'te', 'tex', 'text']),
    );
  });
});
