import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EMPTY_FACTS } from '../lead-context.js';
import { FINANCINGS, TIMELINES, type LeadFacts } from '../lead-documents.js';
import { scoreLead, type LeadScoring } from './score-lead.js';
import { tokenize } from './text/tokenize.js';

function score(facts: Partial<LeadFacts>, text = ''): LeadScoring {
  return scoreLead({ ...EMPTY_FACTS, ...facts }, { text, tokens: tokenize(text) });
}

const anyFacts = fc.record({
  budget_min: fc.option(fc.integer({ min: 50_000, max: 5_000_000 })),
  budget_max: fc.option(fc.integer({ min: 50_000, max: 5_000_000 })),
  timeline: fc.constantFrom(...TIMELINES),
  financing: fc.constantFrom(...FINANCINGS),
  areas: fc.subarray(['Dallas', 'Plano']),
});
const anyText = fc.string({ maxLength: 150 });

describe('scoreLead', () => {
  it.each([
    ['a budget below 300,000', { budget_max: 299_999 }, 0.3],
    ['a budget of 300,000', { budget_max: 300_000 }, 0.4],
    ['only a minimum', { budget_min: 400_000 }, 0.3],
    ['a timeline', { timeline: '1_year' }, 0.2],
    ['a flexible timeline', { timeline: 'flexible' }, 0],
    ['an area', { areas: ['Plano'] }, 0.2],
    ['cash', { financing: 'cash' }, 0.3],
    ['a pre-approval', { financing: 'pre_approved' }, 0.3],
    ['an FHA loan', { financing: 'fha' }, 0.1],
    ['the need of a loan', { financing: 'needs_financing' }, 0.1],
  ] as const)('qualifies by %s', (_, facts, expected) => {
    expect(score(facts).scores.qualification).toBe(expected);
  });

  it('caps qualification at one', () => {
    const facts = {
      budget_max: 400_000,
      timeline: 'immediate',
      areas: ['Plano'],
      financing: 'cash',
    } as const;
    expect(score(facts).scores.qualification).toBe(1);
  });

  it.each([
    ['immediate', 0.4],
    ['1_month', 0.32],
    ['2_months', 0.24],
    ['3_months', 0.16],
    ['6_months', 0.08],
    ['1_year', 0.04],
    ['flexible', 0],
    ['unknown', 0],
  ] as const)('weighs the timeline %s', (timeline, expected) => {
    expect(score({ timeline }).scores.urgency).toBe(expected);
  });

  it.each([
    ['asap', 0.1],
    ['asap asap ASAP', 0.1],
    ['asap, urgent', 0.2],
    ['asap, urgent, must sell fast', 0.3],
    ['I need to move', 0.1],
    ['We have to move before the deadline', 0.2],
    ['not urgent', 0],
    ["I don't need to move", 0],
    ['breakfast in the fastlane', 0],
  ])('counts the urgent phrases of "%s"', (text, expected) => {
    expect(score({}, text).scores.urgency).toBe(expected);
  });

  it.each([
    ['looking for', 0.1],
    ['Looking for a home, show me more', 0.2],
    ['looking for, want to buy, ready to buy', 0.2],
    ['not interested in', 0],
    ['ok?', 0.05],
    ['ok? really? sure?', 0.1],
    ['x'.repeat(50), 0],
    ['x'.repeat(51), 0.1],
    ['x'.repeat(100), 0.1],
    ['x'.repeat(101), 0.2],
    ['\u{1F3E1}'.repeat(50), 0],
    ['\u{1F3E1}'.repeat(101), 0.2],
  ])('reads the intent of "%s"', (text, expected) => {
    expect(score({}, text).scores.intent).toBe(expected);
  });

  it('adds intent for budget, timeline, area and pre-approval, not for cash', () => {
    expect(
      score({ budget_max: 1, timeline: '1_year', areas: ['Plano'], financing: 'cash' }).scores
        .intent,
    ).toBe(0.45);
    expect(score({ financing: 'pre_approved' }).scores.intent).toBe(0.15);
    expect(score({ timeline: 'flexible' }).scores.intent).toBe(0);
  });

  it('is exact where binary fractions are not', () => {
    // 35 + 45·0.5 + 15·0.08 + 5·0.3 = 60.2: warm by no accident of rounding
    expect(score({ budget_max: 200_000, timeline: '6_months' }).leadScore).toBe(60.2);
    // 35 + 15·0.1 + 5·0.05 = 36.75, half up
    expect(score({}, 'asap?').leadScore).toBe(36.8);
    expect(score({}, 'ok?').leadScore).toBe(35.3);
  });

  it('reaches 100 and never passes it', () => {
    const facts = {
      budget_max: 400_000,
      timeline: 'immediate',
      areas: ['Plano'],
      financing: 'pre_approved',
    } as const;
    const text = `asap urgent must, looking for and ready to buy?? ${'x'.repeat(100)}`;
    expect(score(facts, text)).toEqual({
      leadScore: 100,
      scores: { qualification: 1, urgency: 1, intent: 1 },
    });
  });

  it('never falls when a fact becomes known', () => {
    fc.assert(
      fc.property(anyFacts, anyText, (facts, text) => {
        const base = score(facts, text).leadScore;
        const better: Partial<LeadFacts>[] = [
          { budget_max: Math.max(facts.budget_max ?? 0, 300_000) },
          { timeline: 'immediate' },
          { financing: 'pre_approved' },
          { areas: [...facts.areas, 'Frisco'] },
        ];
        for (const change of better) {
          expect(score({ ...facts, ...change }, text).leadScore).toBeGreaterThanOrEqual(base);
        }
      }),
      { numRuns: 200 },
    );
  });
});
