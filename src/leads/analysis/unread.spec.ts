import { describe, expect, it } from '@jest/globals';
import { readConsent } from './consent/detect-consent.js';
import { asksQuestion } from './intent.js';
import { analyseLead } from './analyse-lead.js';
import { sampleRequest } from './testing/sample-reading.js';
import { unreadSigns } from './unread.js';

function signsOf(text: string): readonly string[] {
  const { said, analysis } = analyseLead(sampleRequest(text));
  const consent = readConsent(text)?.verdict ?? null;
  return unreadSigns(text, {
    said,
    known: analysis.facts,
    consent,
    asksQuestion: asksQuestion(text),
  });
}

describe('unreadSigns', () => {
  it.each([
    ['Pre-approved for $450k, need to buy in Frisco within 30 days', []],
    ['450 max in Frisco', []],
    ['call me at 214-555-0143', []],
    ['we are 4 people and 2 dogs', ['figure']],
    ['two fifty or so', ['figure']],
    ['once my lease allows', ['calendar_word']],
    ['nous cherchons une maison avec jardin', ['language']],
    ['мы ищем дом', ['language']],
    ['is parking included?', ['question']],
    ['I HAVE TOLD YOU ALREADY', ['anger']],
    ['this is ridiculous', ['anger']],
    ['', []],
    ['STOP', []],
    ['stop texting me or I call my lawyer', []],
  ])('of %j are %j', (text, signs) => {
    expect(signsOf(text)).toEqual(signs);
  });

  it('tell of a doubt about consent', () => {
    expect(
      unreadSigns('🛑', {
        said: analyseLead(sampleRequest('')).said,
        known: analyseLead(sampleRequest('')).said,
        consent: 'hold',
        asksQuestion: false,
      }),
    ).toEqual(['consent_doubt']);
  });
});
