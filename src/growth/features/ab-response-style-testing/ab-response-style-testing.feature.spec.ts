import { readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import fc from 'fast-check';

import { MAX_REPLY_LENGTH } from '../../../leads/lead-documents.js';
import { describeGrowthFeature } from '../../testing/describe-growth-feature.js';
import { sampleLead } from '../../testing/sample-leads.js';
import {
  AbResponseStyleTestingFeature,
  type Assignment,
  assignmentBucket,
  assignVariant,
  segmentOf,
  variantForBucket,
} from './ab-response-style-testing.feature.js';
import { AbResponseStyleTestingSettings } from './ab-response-style-testing.settings.js';
import { applyStyle, RESPONSE_STYLES } from './response-styles.js';

interface BucketVector {
  readonly contact_id: string;
  readonly source: string;
  readonly bucket: number;
  readonly variant: string;
}

const vectors = JSON.parse(
  readFileSync(new URL('../../../../test/fixtures/vectors/buckets.json', import.meta.url), 'utf8'),
) as readonly BucketVector[];

const feature = new AbResponseStyleTestingFeature();
const defaults = feature.defaults;
const leadInA = sampleLead({ contactId: 'contact-ab-1', source: 'facebook' });
const leadInB = sampleLead({ contactId: 'contact-1', source: 'facebook' });
const ids = Array.from({ length: 2_000 }, (_, index) => `contact-${index}`);

describeGrowthFeature(feature, [leadInA, leadInB]);

describe('assignment', () => {
  it.each(vectors)('known answer for $contact_id from "$source"', (vector) => {
    const { contact_id: contactId, source, bucket, variant } = vector;

    expect(assignmentBucket(contactId, source)).toBe(bucket);
    expect(assignVariant({ contactId, source, state: undefined }, defaults)).toMatchObject({
      kind: 'assigned',
      assignment: { bucket, variant },
    });
  });

  it.each([
    [0, 'A'],
    [49, 'A'],
    [50, 'B'],
    [99, 'B'],
  ])('puts bucket %d into %s by default', (bucket, variant) => {
    expect(variantForBucket(bucket, defaults.variants)).toBe(variant);
  });

  it('splits among more variants by weight, whatever the weights add up to', () => {
    const variants = [
      { key: 'A', weight: 2, style: 'unchanged' },
      { key: 'B', weight: 0, style: 'thank_first' },
      { key: 'C', weight: 1, style: 'offer_choice' },
      { key: 'D', weight: 1, style: 'invite_questions' },
    ] as const;

    expect([0, 49, 50, 74, 75, 99].map((bucket) => variantForBucket(bucket, variants))).toEqual([
      'A',
      'A',
      'C',
      'C',
      'D',
      'D',
    ]);
    expect(() => variantForBucket(0, [{ ...variants[1] }])).toThrow('no variant');
  });

  it('keeps the first assignment when source and weights change', () => {
    const { state } = feature.propose(leadInB, defaults);
    const later = sampleLead({ contactId: 'contact-1', source: '', state });
    const settings = {
      ...defaults,
      variants: [
        { key: 'A', weight: 100, style: 'unchanged' },
        { key: 'B', weight: 0, style: 'invite_questions' },
      ] as const,
      holdoutPercent: 100,
    };

    const proposal = feature.propose(later, settings);

    expect(assignmentBucket('contact-1', '')).toBeLessThan(50);
    expect(proposal.decision?.['response_style_experiment']).toMatchObject({
      variant: 'B',
      bucket: 77,
      source: 'facebook',
    });
    expect(proposal.state).toBeUndefined();
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['text', 'B'],
    ['null', null],
    ['another experiment', { experiment: 'other', variant: 'A', bucket: 1, source: 'x' }],
    [
      'a variant that is gone',
      { experiment: 'ab_response_style_testing', variant: 'Z', bucket: 1, source: 'x' },
    ],
    ['half an assignment', { experiment: 'ab_response_style_testing', variant: 'A' }],
  ])('assigns anew when %s is stored', (_what, state) => {
    expect(assignVariant({ ...leadInB, state }, defaults)).toEqual({
      kind: 'assigned',
      assignment: {
        experiment: 'ab_response_style_testing',
        variant: 'B',
        bucket: 77,
        source: 'facebook',
      },
    });
  });

  it('is independent in a further experiment, whose key goes into the hash', () => {
    const inBoth = ids.filter(
      (id) => assignmentBucket(id, 's') < 50 && assignmentBucket(id, 's', 'second') < 50,
    );

    expect(assignmentBucket('contact-1', 'facebook', 'k')).toBe(
      assignmentBucket('contact-1', 'facebook:k'),
    );
    expect(inBoth.length / ids.length).toBeCloseTo(0.25, 1);
    expect(assignVariant(leadInB, { ...defaults, experimentKey: 'second' })).toMatchObject({
      assignment: { experiment: 'second' },
    });
  });
});

describe('forced variants', () => {
  const settings = { ...defaults, holdoutPercent: 100, forcedVariants: { 'contact-ab-1': 'B' } };

  it('come before everything else, are not remembered and are no evidence', () => {
    const state: Assignment = {
      experiment: 'ab_response_style_testing',
      variant: 'A',
      bucket: 20,
      source: 'facebook',
    };

    const proposal = feature.propose({ ...leadInA, state }, settings);

    expect(proposal.events).toEqual(['forced', 'variant_b', 'segment_hot_priority', 'applied']);
    expect(proposal.reply).toBe(`${leadInA.reply} Happy to answer any questions you have.`);
    expect(proposal).not.toHaveProperty('state');
    expect(proposal).not.toHaveProperty('exposure');
  });

  it('are ignored for other contacts and for variants that do not exist', () => {
    const forcedVariants = { 'contact-ab-1': 'Z' };

    expect(assignVariant(leadInA, { ...defaults, forcedVariants }).kind).toBe('assigned');
    expect(assignVariant(sampleLead({ contactId: 'constructor' }), defaults).kind).toBe('assigned');
  });
});

describe('holdout', () => {
  it('leaves a lead as it is and says so', () => {
    const settings = { ...defaults, holdoutPercent: 100 };

    expect(feature.propose(leadInB, settings)).toEqual({ events: ['holdout'] });
    expect(feature.explain(leadInB, settings)).toEqual({ ab: null });
  });

  it('takes its share of the contacts, the same whatever their source', () => {
    const settings = { ...defaults, holdoutPercent: 20 };
    const heldOut = (source: string): readonly string[] =>
      ids.filter(
        (contactId) =>
          assignVariant({ contactId, source, state: undefined }, settings).kind === 'held_out',
      );

    expect(heldOut('a').length / ids.length).toBeCloseTo(0.2, 1);
    expect(heldOut('b')).toEqual(heldOut('a'));
  });
});

describe('what it adds to a lead', () => {
  it('is a sentence in B, with the assignment and a proposed exposure', () => {
    expect(feature.propose(leadInB, defaults)).toEqual({
      events: ['variant_b', 'segment_hot_priority', 'applied'],
      decision: {
        response_style_experiment: {
          variant: 'B',
          segment: 'hot_priority',
          bucket: 77,
          source: 'facebook',
          version: 'workstream_g_v1',
          applied_at: '2026-02-10T10:00:00.000Z',
        },
      },
      reply: 'Thanks, we can help with that. Happy to answer any questions you have.',
      state: {
        experiment: 'ab_response_style_testing',
        variant: 'B',
        bucket: 77,
        source: 'facebook',
      },
      exposure: {
        experiment: 'ab_response_style_testing',
        variant: 'B',
        segment: 'hot_priority',
        source: 'facebook',
        bucket: 77,
      },
    });
  });

  it('is no change of the text in A, but an exposure all the same', () => {
    const proposal = feature.propose(leadInA, defaults);

    expect(proposal).not.toHaveProperty('reply');
    expect(proposal.exposure?.variant).toBe('A');
  });

  it('is an assignment without exposure when no reply goes out', () => {
    const proposal = feature.propose({ ...leadInB, reply: null }, defaults);

    expect(proposal.state).toMatchObject({ variant: 'B' });
    expect(proposal).not.toHaveProperty('exposure');
    expect(proposal).not.toHaveProperty('reply');
  });

  it('leaves a reply alone that would grow too long, and says so', () => {
    const proposal = feature.propose({ ...leadInB, reply: 'x'.repeat(300) }, defaults);

    expect(proposal.events).toEqual([
      'variant_b',
      'segment_hot_priority',
      'style_skipped_too_long',
      'applied',
    ]);
    expect(proposal).not.toHaveProperty('reply');
    expect(proposal.exposure?.variant).toBe('B');
  });

  it('is nothing when the analysis is malformed', () => {
    const lead = { ...leadInB, analysis: null };

    expect(feature.propose(lead, defaults)).toEqual({ events: ['invalid_analysis_payload'] });
    expect(feature.explain(lead, defaults)).toEqual({
      ab: { bucket: 77, variant: 'B', segment: null },
    });
  });
});

describe('segmentOf', () => {
  it.each([
    ['high', 'cold', 'hot_priority'],
    ['normal', 'hot', 'hot_priority'],
    ['review_required', 'hot', 'hot_priority'],
    ['review_required', 'cold', 'warm_review'],
    ['normal', 'warm', 'warm_review'],
    ['normal', 'cold', 'standard'],
  ] as const)('%s and %s: %s', (priority, lead_temperature, segment) => {
    expect(segmentOf({ lead_score: 99, priority, lead_temperature })).toBe(segment);
  });
});

describe('response styles', () => {
  it.each(RESPONSE_STYLES)('%s keeps the reply as it is, and within the bound', (style) => {
    fc.assert(
      fc.property(fc.string({ maxLength: MAX_REPLY_LENGTH }), (reply) => {
        const styled = applyStyle(style, reply);
        if (styled.kind === 'too_long') return;
        expect(styled.text.length).toBeLessThanOrEqual(MAX_REPLY_LENGTH);
        expect(styled.text).toContain(reply);
      }),
    );
  });

  it('are three beside the unchanged one, each one sentence in plain letters', () => {
    const sentences = RESPONSE_STYLES.map((style) => applyStyle(style, '')).map((styled) =>
      styled.kind === 'styled' ? styled.text.trim() : '',
    );

    expect(sentences).toHaveLength(4);
    expect(new Set(sentences).size).toBe(4);
    for (const sentence of sentences) expect(sentence).toMatch(/^([A-Z][A-Za-z ]+[.?])?$/);
  });

  it('fill a reply up to the bound and not beyond', () => {
    const sentence = ' Happy to answer any questions you have.';
    const fitting = 'x'.repeat(MAX_REPLY_LENGTH - sentence.length);

    expect(applyStyle('invite_questions', fitting).kind).toBe('styled');
    expect(applyStyle('invite_questions', `${fitting}x`).kind).toBe('too_long');
    expect(applyStyle('unchanged', 'x'.repeat(500)).kind).toBe('styled');
  });
});

describe('settings', () => {
  const faultsOf = (changes: object): readonly string[] =>
    validateSync(
      plainToInstance(AbResponseStyleTestingSettings, { ...structuredClone(defaults), ...changes }),
    ).map(({ property }) => property);

  it('are valid by default and with three variants', () => {
    expect(faultsOf({})).toEqual([]);
    expect(
      faultsOf({ variants: [...defaults.variants, { key: 'C', weight: 1, style: 'thank_first' }] }),
    ).toEqual([]);
  });

  it.each([
    ['variants', []],
    ['variants', [{ key: 'A', weight: -1, style: 'unchanged' }]],
    ['variants', [{ key: 'A', weight: 1, style: 'shouting' }]],
    ['variants', [defaults.variants[0], defaults.variants[0]]],
    ['experimentKey', 'a:b'],
    ['holdoutPercent', 101],
    ['forcedVariants', 'x'],
  ])('name the fault: %s = %j', (property, value) => {
    expect(faultsOf({ [property]: value })).toEqual([property]);
  });
});
