import { describe, expect, it } from '@jest/globals';
import { EMPTY_FACTS } from '../leads/lead-context.js';
import { describeWishes, missingFacts, suggestNextStep } from './lead-brief.js';
import { SAMPLE_ANALYSIS } from './testing/sample-handoffs.js';

describe('describeWishes', () => {
  it('says all that is known', () => {
    expect(describeWishes(SAMPLE_ANALYSIS.facts)).toBe(
      'A home in Frisco, about $450,000, within a month, pre-approved',
    );
  });

  it('leaves out what is not', () => {
    expect(describeWishes(EMPTY_FACTS)).toBe('A home');
    expect(describeWishes({ ...EMPTY_FACTS, areas: ['Plano', 'Allen'] })).toBe(
      'A home in Plano or Allen',
    );
  });

  it.each([
    [null, 500_000, 'A home, up to $500,000'],
    [300_000, null, 'A home, from $300,000'],
    [300_000, 500_000, 'A home, $300,000 to $500,000'],
  ])('reads a budget of %s to %s', (budget_min, budget_max, wishes) => {
    expect(describeWishes({ ...EMPTY_FACTS, budget_min, budget_max })).toBe(wishes);
  });
});

describe('what to do next', () => {
  it('asks for what is missing, the most telling first', () => {
    const missing = missingFacts({ ...EMPTY_FACTS, timeline: 'immediate' });
    expect(missing).toEqual(['budget', 'area', 'financing']);
    expect(suggestNextStep(missing, true)).toBe('Call and ask about budget, area and financing.');
    expect(suggestNextStep(['area'], true)).toBe('Call and ask about area.');
  });

  it('is to meet when nothing is missing', () => {
    const missing = missingFacts(SAMPLE_ANALYSIS.facts);
    expect(missing).toEqual([]);
    expect(suggestNextStep(missing, true)).toBe('Call and agree on a time to meet.');
  });

  it('is no call to a lead without a number', () => {
    expect(suggestNextStep([], false)).toMatch(/^Write in the conversation/);
  });
});
