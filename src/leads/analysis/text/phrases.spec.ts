import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sampleReading } from '../testing/sample-reading.js';
import { extractFacts } from '../analyse-lead.js';
import { isNegated } from './phrases.js';
import { tokenize } from './tokenize.js';

/** Whether "cash" is denied in the text. */
function deniesCash(text: string): boolean {
  const tokens = tokenize(text);
  const at = tokens.findIndex((token) => token.text === 'cash');
  return isNegated(tokens, at, at + 1);
}

describe('isNegated', () => {
  it.each([
    'no cash',
    'not paying cash',
    "I don't really have any cash",
    'dont want to pay cash',
    'neither cash nor loan',
    'without cash',
    "I don't think we have cash",
    'a loan rather than cash',
    'instead of cash',
    'cash is not possible',
    'cash not needed',
    "cash won't work",
  ])('hears the denial in "%s"', (text) => {
    expect(deniesCash(text)).toBe(true);
  });

  it.each([
    'cash',
    'No, cash',
    'no I have cash',
    'not renting. Cash',
    'not a loan but cash',
    'not only cash',
    'not sure, cash',
    'no problem cash works',
    "can't wait to pay cash",
    'why not cash',
    "cash isn't a problem",
    'cash not fha',
    'we do not have a loan and cash is ready',
  ])('hears none in "%s"', (text) => {
    expect(deniesCash(text)).toBe(false);
  });

  it('turns every denied fact off, and none behind a full stop', () => {
    const denial = fc.constantFrom(
      'not',
      'no',
      "don't want",
      'never',
      "we're not looking at",
      'without',
    );
    const fact = fc.constantFrom('Plano', 'fha', 'conventional', 'asap', 'Dallas', 'jumbo');
    const read = (text: string): string =>
      JSON.stringify(extractFacts(text, sampleReading({ serviceAreas: ['Plano', 'Dallas'] })));
    fc.assert(
      fc.property(denial, fact, (no, it) => {
        expect(read(`${no} ${it}`)).toBe(read(''));
        expect(read(`${no}. ${it}`)).toBe(read(it));
      }),
    );
  });
});
