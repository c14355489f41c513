import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { EMPTY_FACTS } from '../lead-context.js';
import type { LeadFacts } from '../lead-documents.js';
import { DEFAULT_LEAD_PROFILE } from '../../config/lead-profile.js';
import {
  analyseLead,
  type AnalysisResult,
  estimateCommission,
  extractFacts,
  gradePriority,
  gradeTemperature,
  meetsMinimumBudget,
  mergeFacts,
} from './analyse-lead.js';
import { asksQuestion, classifyIntent } from './intent.js';
import { SAMPLE_TIME, sampleReading, sampleRequest } from './testing/sample-reading.js';

function analyse(text: string, previousFacts: LeadFacts = EMPTY_FACTS): AnalysisResult {
  return analyseLead(sampleRequest(text, { previousFacts }));
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
      intent: 'buyer',
      said: {
        budget_min: 600_000,
        budget_max: 600_000,
        timeline: '1_month',
        financing: 'pre_approved',
        areas: ['Plano'],
      },
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
    expect(analyse('STOP', KNOWN)).toMatchObject({
      consent: { verdict: 'opt_out' },
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
      consent: { verdict: 'opt_in' },
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
        const request = { text, at: SAMPLE_TIME, previousFacts, profile };
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

/** What a text must yield; a fact that is not named here must be unknown. */
type FactCase = readonly [text: string, facts: Partial<LeadFacts>];

const both = (dollars: number): Partial<LeadFacts> => ({
  budget_min: dollars,
  budget_max: dollars,
});
const upTo = (dollars: number): Partial<LeadFacts> => ({ budget_max: dollars });
const from = (dollars: number): Partial<LeadFacts> => ({ budget_min: dollars });
const range = (low: number, high: number): Partial<LeadFacts> => ({
  budget_min: low,
  budget_max: high,
});

const BUDGET_CASES: readonly FactCase[] = [
  ['$450k', both(450_000)],
  ['$450,000', both(450_000)],
  ['450K', both(450_000)],
  ['450 k', both(450_000)],
  ['425 thousand', both(425_000)],
  ['$1.2M', both(1_200_000)],
  ['1.2MM', both(1_200_000)],
  ['2.5 million', both(2_500_000)],
  ['1.5 mil', both(1_500_000)],
  ['640,000 dollars', both(640_000)],
  ['USD 350,000', both(350_000)],
  ['350000 usd', both(350_000)],
  ['400 grand', both(400_000)],
  ['budget is 400000', both(400_000)],
  ['our budget would be about 400000', both(400_000)],
  ['Budget: 400000\nPhone: 2145551234', both(400_000)],
  ['400000 is my budget', both(400_000)],
  ['I can spend 375000', both(375_000)],
  ['around 350000', both(350_000)],
  ['We can afford 325000 or so', both(325_000)],
  ['a price of 299500', both(299_500)],
  ['four hundred thousand', both(400_000)],
  ['four hundred and fifty thousand dollars', both(450_000)],
  ['one point two million', both(1_200_000)],
  ['one and a half million', both(1_500_000)],
  ['half a million', both(500_000)],
  ['half a million?', both(500_000)],
  ['a quarter of a million', both(250_000)],
  ['our budget is a million', both(1_000_000)],
  ['a million and a half dollars', both(1_500_000)],
  ['$.5M', both(500_000)],
  ['$450.000', both(450_000)],
  ['450 000 dollars', both(450_000)],
  ['450k$', both(450_000)],
  ['pre-approved for 600000', { ...both(600_000), financing: 'pre_approved' }],
  ['under $180k', upTo(180_000)],
  ['below 400k', upTo(400_000)],
  ['less than 400k', upTo(400_000)],
  ['up to about $400,000', upTo(400_000)],
  ['max 400000', upTo(400_000)],
  ['max budget of around $400,000', upTo(400_000)],
  ['maximum of 400k', upTo(400_000)],
  ['my max is 400k', upTo(400_000)],
  ['the most I can spend is 400k', upTo(400_000)],
  ['400k max', upTo(400_000)],
  ['400k tops', upTo(400_000)],
  ['400k, tops.', upTo(400_000)],
  ['$400k (max)', upTo(400_000)],
  ['400k at most', upTo(400_000)],
  ['at most 400k', upTo(400_000)],
  ['400k is our limit', upTo(400_000)],
  ['400k or less', upTo(400_000)],
  ['400k and under', upTo(400_000)],
  ['no more than 500k', upTo(500_000)],
  ['not more than $500,000', upTo(500_000)],
  ["don't want to spend more than 500k", upTo(500_000)],
  ["can't go over 500k", upTo(500_000)],
  ['nothing over 500k please', upTo(500_000)],
  ['not to exceed $500k', upTo(500_000)],
  ['<400k', upTo(400_000)],
  ['capped at 400k', upTo(400_000)],
  ['at least 300k', from(300_000)],
  ['over 300k', from(300_000)],
  ['more than $300,000', from(300_000)],
  ['starting at 300k', from(300_000)],
  ['from 300k', from(300_000)],
  ['no less than 300k', from(300_000)],
  ['nothing under 300k', from(300_000)],
  ['300k minimum', from(300_000)],
  ['300k+', from(300_000)],
  ['300k and up', from(300_000)],
  ['300k or more', from(300_000)],
  ['north of 800k', from(800_000)],
  ['$300k-$400k', range(300_000, 400_000)],
  ['$300k - $400k', range(300_000, 400_000)],
  ['300k–400k', range(300_000, 400_000)],
  ['450-500k', range(450_000, 500_000)],
  ['450k-500', range(450_000, 500_000)],
  ['from 300 to 400k', range(300_000, 400_000)],
  ['300k to 400k', range(300_000, 400_000)],
  ['between 300 and 400 thousand', range(300_000, 400_000)],
  ['between $300,000 and $400,000', range(300_000, 400_000)],
  ['between 300000 and 400000', range(300_000, 400_000)],
  ['budget 300000-400000', range(300_000, 400_000)],
  ['$300,000-400,000', range(300_000, 400_000)],
  ['1-1.2M', range(1_000_000, 1_200_000)],
  ['$800-1.2M', range(800_000, 1_200_000)],
  ['900k to 1.1 million', range(900_000, 1_100_000)],
  ['three hundred to four hundred thousand', range(300_000, 400_000)],
  ['400k or 450k', range(400_000, 450_000)],
  ['at least 300k, up to 500k', range(300_000, 500_000)],
  ['min 300k max 500k', range(300_000, 500_000)],
  ['300k min 500k max', range(300_000, 500_000)],
  ['budget 300k max 500k', range(300_000, 500_000)],
  ['between 40k and 400k', upTo(400_000)],
  ['1.1 or 1.2 million', range(1_100_000, 1_200_000)],
  ['3-400k', range(300_000, 400_000)],
  ['three to four hundred thousand', range(300_000, 400_000)],
  ['350k~400k', range(350_000, 400_000)],
  ['three fifty k', both(350_000)],
  ["won't go over half a mil", upTo(500_000)],
  ['3 bed min 400k max', upTo(400_000)],
  ['at least 2000 sqft under 400k', upTo(400_000)],
  ['350k +/- 10', both(350_000)],
  ['listed at 389900', both(389_900)],
  ['$450,000.49', both(450_000)],
  [
    'Pre-approved for $600k but want to stay under $500k',
    { ...upTo(500_000), financing: 'pre_approved' },
  ],
  ['I saw the one for $750k. My budget is 600k', both(600_000)],
  ['I make $120k a year and can spend 400k', both(400_000)],
  ['selling our home for 350k, looking to buy for 500k', both(500_000)],
  ['put 80k down on a 400k house', both(400_000)],
  ['budget isn’t 500k, it’s 400k', both(400_000)],
  ['\u{1F3E1} budget \u{1F4B0} $400k \u{1F64F}', both(400_000)],
  ['<p>Budget: <b>$450</b><b>k</b></p>', both(450_000)],
  ['budget &#36;450k&nbsp;max', upTo(450_000)],
];

const NO_BUDGET_CASES: readonly FactCase[] = [
  ['call me at 214-555-1234', {}],
  ['call (972) 555-8000 about the price', {}],
  ['my cell is 4695551234, what is the price?', {}],
  ['+1 214.555.4000', {}],
  ['12345 Main Street', {}],
  ['what is the price of 75000 Preston Road?', {}],
  ['anything around 75034?', {}],
  ['budget for zip 75034?', {}],
  ['TX 75034', {}],
  ['the lot is 60,000 sq ft', {}],
  ['100k square feet', {}],
  ['over 250,000 people live there', {}],
  ['built in 1998', {}],
  ['since 2005', {}],
  ['what is the price of MLS 412000?', {}],
  ['up to $450', {}],
  ['$40k', {}],
  ['$6 million', {}],
  ['my 401k', {}],
  ['I make 120k a year', {}],
  ['salary of 110k', {}],
  ['down payment of 60k', {}],
  ['thanks a million!', {}],
  ['not 500k', {}],
  ["can't afford 500k", {}],
  ['3 beds 2 baths', {}],
  ['400000', {}],
  ['$450,00', {}],
  ['my budget is tight', {}],
];

const TIMELINE_CASES: readonly FactCase[] = [
  ['ASAP', { timeline: 'immediate' }],
  ['a.s.a.p.', { timeline: 'immediate' }],
  ['as soon as possible', { timeline: 'immediate' }],
  ['need it right now', { timeline: 'immediate' }],
  ['this week', { timeline: 'immediate' }],
  ['not asap', {}],
  ['not right away', {}],
  ['next month', { timeline: '1_month' }],
  ['next week', { timeline: '1_month' }],
  ['next year', { timeline: '1_year' }],
  ['in a couple of weeks', { timeline: '1_month' }],
  ['in a few months', { timeline: '3_months' }],
  ['by the end of the month', { timeline: '1_month' }],
  ['by the end of the year', { timeline: '1_year' }],
  ['within 3 weeks', { timeline: '1_month' }],
  ['30-day close', { timeline: '1_month' }],
  ['45 days', { timeline: '2_months' }],
  ['8 weeks', { timeline: '2_months' }],
  ['three months', { timeline: '3_months' }],
  ['six months', { timeline: '6_months' }],
  ['6mo', { timeline: '6_months' }],
  ['4 months', { timeline: '6_months' }],
  ['half a year', { timeline: '6_months' }],
  ['in a year', { timeline: '1_year' }],
  ['a year', { timeline: '1_year' }],
  ['in a year and a half', { timeline: '1_year' }],
  ['6-12 months', { timeline: '1_year' }],
  ['3 to 6 months', { timeline: '6_months' }],
  ['a month or two', { timeline: '2_months' }],
  ['in a week or so', { timeline: '1_month' }],
  ['no later than 60 days', { timeline: '2_months' }],
  ['not for another 6 months', { timeline: '6_months' }],
  ['not until next year', { timeline: '1_year' }],
  ["can't wait to move in 2 months", { timeline: '2_months' }],
  ['my lease is up in 90 days', { timeline: '3_months' }],
  ['not within 30 days, more like 6 months', { timeline: '6_months' }],
  ['asap, at the latest in 3 months', { timeline: 'immediate' }],
  ['no rush, maybe in 6 months', { timeline: '6_months' }],
  ['no rush', { timeline: 'flexible' }],
  ['not in a rush', { timeline: 'flexible' }],
  ["we're not in any hurry", { timeline: 'flexible' }],
  ['not urgent', {}],
  ["don't have a deadline", { timeline: 'flexible' }],
  ['whenever', { timeline: 'flexible' }],
  ["I'm flexible", { timeline: 'flexible' }],
  ['not flexible', {}],
  ['flexible on location', {}],
  ['my budget is flexible', {}],
  ['30 year fixed', {}],
  ['in a 6 month lease', {}],
  ['we moved here 2 years ago', {}],
  ["we've been looking for 6 months", {}],
  ['my son is 3 years old', {}],
  ['once a month', {}],
  ['last year', {}],
  ['the headquarters', {}],
  ['24/7', {}],
];

const FINANCING_CASES: readonly FactCase[] = [
  ['cash only', { financing: 'cash' }],
  ['all-cash offer', { financing: 'cash' }],
  ['cash buyer here', { financing: 'cash' }],
  ["I'd pay cash", { financing: 'cash' }],
  ['no I have cash', { financing: 'cash' }],
  ['No, cash', { financing: 'cash' }],
  ['not only cash but a quick close', { financing: 'cash' }],
  ["cash isn't a problem", { financing: 'cash' }],
  ['no cash', { financing: 'needs_financing' }],
  ['dont have cash', { financing: 'needs_financing' }],
  ["I don't think we have cash", { financing: 'needs_financing' }],
  ['not a cash buyer', { financing: 'needs_financing' }],
  ['cash is not an option', { financing: 'needs_financing' }],
  ['short on cash', { financing: 'needs_financing' }],
  ['cashback', {}],
  ['is there cash back at closing?', {}],
  ['preapproved', { financing: 'pre_approved' }],
  ['pre approved', { financing: 'pre_approved' }],
  ['Pre-Approval in hand', { financing: 'pre_approved' }],
  ['I got pre-approved', { financing: 'pre_approved' }],
  ['we are already approved', { financing: 'pre_approved' }],
  ['no preapproval', { financing: 'needs_financing' }],
  ["haven't been pre-approved", { financing: 'needs_financing' }],
  ['need to get pre-approved', { financing: 'needs_financing' }],
  ['my pre-approval is pending', { financing: 'needs_financing' }],
  ['pre-approval in progress', { financing: 'needs_financing' }],
  ['bank financing', { financing: 'needs_financing' }],
  ['pre-approval not done yet', { financing: 'needs_financing' }],
  ['no preapproval but I have cash', { financing: 'cash' }],
  ['no cash but pre-approved', { financing: 'pre_approved' }],
  ['need a loan', { financing: 'needs_financing' }],
  ['I will need a mortgage', { financing: 'needs_financing' }],
  ['looking for financing', { financing: 'needs_financing' }],
  ['financing needed', { financing: 'needs_financing' }],
  ["I don't need a loan", {}],
  ['no financing needed', {}],
  ['my current mortgage is paid off', {}],
  ['fha or conventional', { financing: 'fha' }],
  ['FHA/VA', { financing: 'fha' }],
  ['not fha', {}],
  ['conventional, not FHA', { financing: 'conventional' }],
  ['I want an FHA loan, don’t have cash', { financing: 'fha' }],
  ['jumbo loan', { financing: 'jumbo' }],
  ["don't want a jumbo loan", {}],
  ['unconventional layout', {}],
  ['VA loan', { financing: 'va' }],
  ['using my VA', { financing: 'va' }],
  ['V.A. loan', { financing: 'va' }],
  ['conventional or va', { financing: 'conventional' }],
  ['$400k, VA, this week', { ...both(400_000), timeline: 'immediate', financing: 'va' }],
  ['in Allen, va, flexible', { financing: 'va', areas: ['Allen'], timeline: 'flexible' }],
  ['moving from VA', {}],
  ['Richmond, VA', {}],
  ['moving from Richmond, VA', {}],
  ['I work at the VA hospital', {}],
  ['approved for a VA loan', { financing: 'pre_approved' }],
];

const AREA_CASES: readonly FactCase[] = [
  ['PLANO or frisco', { areas: ['Plano', 'Frisco'] }],
  ['mckinney then Dallas then McKinney', { areas: ['McKinney', 'Dallas'] }],
  ['Plano’s schools', { areas: ['Plano'] }],
  ['Plano/Frisco', { areas: ['Plano', 'Frisco'] }],
  ['Allentown', {}],
  ['not Dallas', {}],
  ["I don't want to live in Dallas, Plano is good", { areas: ['Plano'] }],
  ['Plano not Dallas', { areas: ['Plano'] }],
  ['anywhere but Dallas', {}],
  ['neither Plano nor Allen', {}],
  ['anything except Dallas', {}],
  ["Dallas isn't for us", {}],
  ["can't wait to live in Frisco", { areas: ['Frisco'] }],
  ['why not Plano', { areas: ['Plano'] }],
  ['write to bob@plano.com or see www.dallas.com', {}],
  ['Allen', { areas: ['Allen'] }],
  ['\u{1D400}\u{1D425}\u{1D425}\u{1D41E}\u{1D427}', { areas: ['Allen'] }],
];

const MIXED_CASES: readonly FactCase[] = [
  ['', {}],
  [
    '<html><head><style>p{width:450k}</style></head><body><p>Hi,</p><p>We are <b>pre-approved</b> for $425,000 and want Frisco within 60 days.</p><div class="gmail_quote">On Mon we wrote: cash? $900k Dallas asap</div></body></html>',
    { ...both(425_000), financing: 'pre_approved', areas: ['Frisco'], timeline: '2_months' },
  ],
  [
    'Plano please, 3 months\n\nOn Tue, Jan 6, 2026 at 9:00 AM Team <team@example.com> wrote:\n> Budget up to $900k in Dallas asap?',
    { areas: ['Plano'], timeline: '3_months' },
  ],
  [
    'Not pre-approved\nPlano\n400k',
    { financing: 'needs_financing', areas: ['Plano'], ...both(400_000) },
  ],
  [
    'I just moved here with my wife and kids and we are really not\npre-approved at this point.',
    { financing: 'needs_financing' },
  ],
  [
    "Hey! We're relocating for work, 4bd/3ba, 2,800 sqft, budget 450-500k, hopefully by the end of next month. Cash.",
    { ...range(450_000, 500_000), timeline: '2_months', financing: 'cash' },
  ],
];

interface TextFactVectors {
  readonly service_areas: readonly string[];
  readonly cases: readonly (Partial<LeadFacts> & { readonly text: string })[];
}

const vectors = JSON.parse(
  readFileSync(new URL('../../../test/fixtures/vectors/text-facts.json', import.meta.url), 'utf8'),
) as TextFactVectors;

describe('extractFacts', () => {
  it.each(vectors.cases)('reads the known answer of "$text"', ({ text, ...expected }) => {
    expect(
      extractFacts(text, sampleReading({ serviceAreas: vectors.service_areas })),
    ).toMatchObject(expected);
  });

  describe.each([
    ['a budget', BUDGET_CASES],
    ['no budget', NO_BUDGET_CASES],
    ['a timeline', TIMELINE_CASES],
    ['financing', FINANCING_CASES],
    ['areas', AREA_CASES],
    ['a whole message', MIXED_CASES],
  ])('reads %s', (_, cases) => {
    it.each(cases)('%j', (text, expected) => {
      expect(extractFacts(text, sampleReading())).toEqual({
        ...EMPTY_FACTS,
        ...expected,
      });
    });
  });
});

describe('mergeFacts', () => {
  const saying = (facts: Partial<LeadFacts>, droppedAreas: readonly string[] = []) => ({
    facts: { ...EMPTY_FACTS, ...facts },
    droppedAreas,
  });

  it('forgets areas that the lead drops', () => {
    const known = { ...KNOWN, areas: ['Plano', 'Dallas'] };
    expect(mergeFacts(known, saying({}, ['Dallas'])).areas).toEqual(['Plano']);
    expect(mergeFacts(known, saying({ areas: ['Allen'] }, ['Dallas'])).areas).toEqual(['Allen']);
  });

  it('keeps what is known when the message adds nothing', () => {
    expect(mergeFacts(KNOWN, saying({}))).toEqual(KNOWN);
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
    expect(mergeFacts(KNOWN, saying(current))).toEqual({ ...KNOWN, ...changed });
  });

  it('shares no list with what it was given', () => {
    expect(mergeFacts(KNOWN, saying({})).areas).not.toBe(KNOWN.areas);
  });
});

const facts = (known: Partial<LeadFacts>): LeadFacts => ({ ...EMPTY_FACTS, ...known });

describe('gradeTemperature', () => {
  it.each([
    [100, 'hot'],
    [80, 'hot'],
    [79.9, 'warm'],
    [60, 'warm'],
    [59.9, 'cold'],
    [0, 'cold'],
  ])('calls %d %s', (leadScore, expected) => {
    expect(gradeTemperature(leadScore)).toBe(expected);
  });
});

describe('gradePriority', () => {
  it.each([
    [{ budget_max: 800_001, areas: ['Plano'] }, 'review_required'],
    [{ budget_max: 800_001 }, 'review_required'],
    [{ budget_min: 900_000 }, 'review_required'],
    [{ budget_max: 800_000, areas: ['Plano'] }, 'high'],
    [{ budget_max: 200_000, areas: ['Plano'] }, 'high'],
    [{ budget_max: 199_999, areas: ['Plano'] }, 'normal'],
    [{ budget_max: 400_000 }, 'normal'],
    [{ budget_min: 400_000, areas: ['Plano'] }, 'normal'],
    [{ areas: ['Plano'] }, 'normal'],
    [{}, 'normal'],
  ])('of %j is %s', (known, expected) => {
    expect(gradePriority(facts(known), DEFAULT_LEAD_PROFILE)).toBe(expected);
  });
});

describe('meetsMinimumBudget', () => {
  it.each([
    [{ budget_max: 200_000 }, true],
    [{ budget_max: 2_000_000 }, true],
    [{ budget_max: 199_999 }, false],
    [{ budget_min: 400_000 }, false],
    [{}, false],
  ])('of %j is %s', (known, expected) => {
    expect(meetsMinimumBudget(facts(known), DEFAULT_LEAD_PROFILE)).toBe(expected);
  });
});

describe('estimateCommission', () => {
  it.each([
    [425_000, 0.06, 25_500],
    [333_333, 0.06, 19_999.98],
    [333_333, 0.0275, 9_166.66],
    [50_005, 0.0301, 1_505.15],
    [null, 0.06, 0],
  ])('of %p at %d is %d', (budgetMax, commissionRate, expected) => {
    const profile = { ...DEFAULT_LEAD_PROFILE, commissionRate };
    expect(estimateCommission(facts({ budget_max: budgetMax }), profile)).toBe(expected);
  });
});

describe('classifyIntent', () => {
  it.each(['ok', 'Thanks!', 'Thank you so much 🙏', '👍🏽', 'Sounds good, thanks', 'Gracias', 'K'])(
    'takes %p for an acknowledgement',
    (text) => {
      expect(classifyIntent(text)).toBe('acknowledgement');
    },
  );

  it.each(['', 'so much', 'ok, Frisco then', 'Thanks, up to 450', 'ok?', 'Yes', '🏡', '$450k'])(
    'takes %p for more than that',
    (text) => {
      expect(classifyIntent(text)).toBe('buyer');
    },
  );
});

describe('asksQuestion', () => {
  it.each([
    'Is parking included?',
    'Looking in Plano. When can we see it',
    'how many beds',
    '¿Cuánto cuesta',
    'Thanks! do you have anything in Allen',
  ])('hears a question in %p', (text) => {
    expect(asksQuestion(text)).toBe(true);
  });

  it.each(['', 'Pre-approved for $450k', 'See https://example.com/?id=1', 'I know who you are'])(
    'hears none in %p',
    (text) => {
      expect(asksQuestion(text)).toBe(false);
    },
  );
});
