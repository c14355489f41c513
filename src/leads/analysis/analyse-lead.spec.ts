import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EMPTY_FACTS } from '../lead-context.js';
import type { LeadFacts } from '../lead-documents.js';
import { DEFAULT_LEAD_PROFILE } from '../../config/lead-profile.js';
import { analyseLead, type AnalysisResult } from './analyse-lead.js';

function analyse(text: string, previousFacts: LeadFacts = EMPTY_FACTS): AnalysisResult {
  return analyseLead({ text, previousFacts, profile: DEFAULT_LEAD_PROFILE });
}

const KNOWN: LeadFacts = {
  budget_min: 400_000,
  budget_max: 450_000,
  timeline: '1_month',
  financing: 'cash',
  areas: ['Plano'],
};

/** Pieces of real messages, so that random texts meet the rules and not only the tokenizer. */
const fragment = fc.constantFrom(
  ...[
    '$',
    '450',
    'k',
    '400,000',
    '-',
    'to',
    'under',
    'not',
    "don't",
    'cash',
    'pre-approved',
    'VA',
    ',',
  ],
  ...[
    '.',
    '\n',
    'Plano',
    'no',
    'more than',
    'within',
    '30',
    'days',
    'stop',
    'texting',
    'me',
    'million',
  ],
  ...[
    'half',
    'a',
    'between',
    'and',
    'max',
    '<b>',
    '</style>',
    '&#36;',
    '“',
    '\u{1F3E1}',
    '\uD800',
    '1.2.3',
  ],
);
const message = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.array(fragment, { maxLength: 40 }).map((parts) => parts.join(' ')),
  fc.array(fragment, { maxLength: 40 }).map((parts) => parts.join('')),
);

describe('analyseLead', () => {
  it('analyses a complete lead', () => {
    expect(analyse("I'm pre-approved for $600k and need to buy in Plano within 30 days")).toEqual({
      consent: null,
      analysis: {
        // qualification 1.0, urgency .32 + .1 + .3, intent .1 + .6: 35 + 45 + 10.8 + 3.5
        lead_score: 94.3,
        lead_temperature: 'hot',
        priority: 'high',
        estimated_commission: 36_000,
        facts: {
          budget_min: 600_000,
          budget_max: 600_000,
          timeline: '1_month',
          financing: 'pre_approved',
          areas: ['Plano'],
        },
        scores: { qualification: 1, urgency: 0.72, intent: 0.7 },
        meets_criteria: true,
        service_area_match: true,
      },
    });
  });

  it('gives an unknown lead the base score', () => {
    expect(analyse('Hi').analysis).toMatchObject({
      lead_score: 35,
      lead_temperature: 'cold',
      priority: 'normal',
      estimated_commission: 0,
      scores: { qualification: 0, urgency: 0, intent: 0 },
      meets_criteria: false,
      service_area_match: false,
    });
  });

  it('makes one lead of a budget named yesterday and an area named today', () => {
    const yesterday = analyse('my budget is 400k').analysis;
    expect(yesterday.priority).toBe('normal');
    expect(analyse('Plano please', yesterday.facts).analysis.priority).toBe('high');
  });

  it.each(['', '   ', '\n\t'])('qualifies nobody by a message without words: %j', (text) => {
    const { analysis } = analyse(text, KNOWN);
    expect(analysis.meets_criteria).toBe(false);
    expect(analysis.facts).toEqual(KNOWN);
  });

  it('scores an opt-out zero, whatever is known, and keeps the facts', () => {
    expect(analyse('STOP', KNOWN)).toEqual({
      consent: 'opt_out',
      analysis: {
        lead_score: 0,
        lead_temperature: 'cold',
        priority: 'normal',
        estimated_commission: 0,
        facts: KNOWN,
        scores: { qualification: 0, urgency: 0, intent: 0 },
        meets_criteria: false,
        service_area_match: true,
      },
    });
  });

  it('reports an opt-in and analyses the rest as usual', () => {
    expect(analyse('START', KNOWN)).toMatchObject({
      consent: 'opt_in',
      analysis: { priority: 'high', meets_criteria: true },
    });
  });

  it('neither throws nor leaves the bounds, whatever the text', () => {
    fc.assert(
      fc.property(message, (text) => {
        const { lead_score, scores, facts, estimated_commission } = analyse(text).analysis;
        expect(lead_score === 0 || (lead_score >= 35 && lead_score <= 100)).toBe(true);
        expect(Math.round(lead_score * 10) / 10).toBe(lead_score);
        for (const score of Object.values(scores)) expect(score >= 0 && score <= 1).toBe(true);
        for (const dollars of [facts.budget_min, facts.budget_max]) {
          expect(dollars === null || (dollars >= 50_000 && dollars <= 5_000_000)).toBe(true);
        }
        if (facts.budget_min !== null && facts.budget_max !== null) {
          expect(facts.budget_min).toBeLessThanOrEqual(facts.budget_max);
        }
        expect(Number.isFinite(estimated_commission)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it('changes neither what is known nor the profile, and answers the same twice', () => {
    const previousFacts = Object.freeze({ ...KNOWN, areas: Object.freeze([...KNOWN.areas]) });
    const profile = Object.freeze({
      ...DEFAULT_LEAD_PROFILE,
      serviceAreas: Object.freeze([...DEFAULT_LEAD_PROFILE.serviceAreas]),
    });
    fc.assert(
      fc.property(message, (text) => {
        const request = { text, previousFacts, profile };
        expect(analyseLead(request)).toEqual(analyseLead(request));
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    ['figures', '450k max 500k min '],
    ['words without a blank', 'a'],
    ['dots', 'a.'],
    ['tags without an end', '<b '],
    ['brackets', '<'],
    ['digits', '1'],
    ['addresses', 'a@a.'],
    ['digits and colons', '1:'],
    ['negations', "don't not "],
    ['entities', '&#3'],
    ['line ends', '\non '],
  ])('reads 256 KB of %s in linear time', (_, unit) => {
    const text = unit.repeat(Math.ceil((256 * 1024) / unit.length));
    const before = process.cpuUsage();
    analyse(text);
    // Of the processor, which a busy machine does not lengthen; quadratic work takes minutes.
    expect(process.cpuUsage(before).user).toBeLessThan(5_000_000);
  });
});
