import { describe, expect, it } from '@jest/globals';
import { EMPTY_FACTS } from '../lead-context.js';
import type { LeadFacts } from '../lead-documents.js';
import { mergeFacts } from './merge-facts.js';

const KNOWN: LeadFacts = {
  budget_min: 400_000,
  budget_max: 450_000,
  timeline: '1_month',
  financing: 'cash',
  areas: ['Plano'],
};

describe('mergeFacts', () => {
  it('keeps what is known when the message adds nothing', () => {
    expect(mergeFacts(KNOWN, EMPTY_FACTS)).toEqual(KNOWN);
  });

  it.each<[string, Partial<LeadFacts>, Partial<LeadFacts>]>([
    [
      'a ceiling replaces both ends',
      { budget_max: 300_000 },
      { budget_min: null, budget_max: 300_000 },
    ],
    [
      'a floor replaces both ends',
      { budget_min: 500_000 },
      { budget_min: 500_000, budget_max: null },
    ],
    [
      'areas are replaced, not added',
      { areas: ['Frisco', 'Allen'] },
      { areas: ['Frisco', 'Allen'] },
    ],
    ['flexible is a known timeline', { timeline: 'flexible' }, { timeline: 'flexible' }],
    [
      'the need of a loan is known',
      { financing: 'needs_financing' },
      { financing: 'needs_financing' },
    ],
  ])('%s', (_, current, changed) => {
    expect(mergeFacts(KNOWN, { ...EMPTY_FACTS, ...current })).toEqual({ ...KNOWN, ...changed });
  });

  it('shares no list with what it was given', () => {
    expect(mergeFacts(KNOWN, EMPTY_FACTS).areas).not.toBe(KNOWN.areas);
  });
});
