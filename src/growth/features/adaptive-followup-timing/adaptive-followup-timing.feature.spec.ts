import { readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';

import type { LeadPriority, LeadTemperature } from '../../../leads/lead-documents.js';
import { describeGrowthFeature } from '../../testing/describe-growth-feature.js';
import { sampleLead } from '../../testing/sample-leads.js';
import { AdaptiveFollowupTimingFeature, adaptTiming } from './adaptive-followup-timing.feature.js';

interface TimingVector {
  readonly engagement_score_in: unknown;
  readonly lead_score: number;
  readonly priority: LeadPriority;
  readonly temperature: LeadTemperature;
  readonly engagement_score: number;
  readonly timing_bucket: string;
  readonly recommended_delay_minutes: number;
}

const vectors = JSON.parse(
  readFileSync(
    new URL('../../../../test/fixtures/vectors/adaptive-timing.json', import.meta.url),
    'utf8',
  ),
) as readonly TimingVector[];

const feature = new AdaptiveFollowupTimingFeature();
const cold = { lead_score: 50, priority: 'normal', lead_temperature: 'cold' } as const;

describeGrowthFeature(feature);

describe('adaptTiming', () => {
  it.each(vectors)('known answer $#', (vector) => {
    const { engagement_score_in: stated, lead_score, priority, temperature, ...expected } = vector;
    const analysis = { lead_score, priority, lead_temperature: temperature };

    expect(adaptTiming(analysis, stated)).toEqual(expected);
  });

  it.each([
    [84.9, 'accelerated', 30],
    [85, 'immediate', 5],
    [69.9, 'standard', 120],
    [70, 'accelerated', 30],
    [54.9, 'nurture', 720],
    [55, 'standard', 120],
  ])('a stated engagement of %d is %s', (stated, bucket, delay) => {
    expect(adaptTiming(cold, stated)).toEqual({
      engagement_score: stated,
      timing_bucket: bucket,
      recommended_delay_minutes: delay,
    });
  });

  it.each([
    [-20, 0],
    ['-1', 0],
    [1e9, 100],
    ['100.5', 100],
  ])('keeps a stated engagement of %j between 0 and 100', (stated, engagement) => {
    expect(adaptTiming(cold, stated).engagement_score).toBe(engagement);
  });

  it.each([[''], ['  '], ['high'], [Number.NaN], [true], [null], [{}], [[72]]])(
    'falls back on the analysis for %j',
    (stated) => {
      expect(adaptTiming(cold, stated).engagement_score).toBe(50);
    },
  );

  it('never lowers a score, and takes the higher floor where two apply', () => {
    const warmReview = { priority: 'review_required', lead_temperature: 'hot' } as const;

    expect(adaptTiming({ ...warmReview, lead_score: 10 }, undefined).engagement_score).toBe(80);
    expect(adaptTiming({ ...warmReview, lead_score: 93 }, undefined).engagement_score).toBe(93);
  });
});

describe('what it adds to a follow-up', () => {
  it('is the timing, for a source that is named', () => {
    const proposal = feature.propose(sampleLead());

    expect(proposal).toEqual({
      events: ['applied_immediate'],
      followUp: {
        adaptive_timing_applied: true,
        adaptive_timing_version: 'workstream_g_v1',
        engagement_score: 91,
        timing_bucket: 'immediate',
        recommended_delay_minutes: 5,
        lead_source: 'facebook ads',
      },
    });
  });

  it('believes the follow-up’s own engagement score', () => {
    const lead = sampleLead({ followUp: { engagement_score: '57' }, source: '' });

    expect(feature.propose(lead)).toMatchObject({
      events: ['applied_standard'],
      followUp: { engagement_score: 57, lead_source: 'unknown' },
    });
  });

  it.each([
    ['there is no follow-up', { followUp: undefined }, 'no_follow_up_payload'],
    ['the follow-up is malformed', { followUp: null }, 'invalid_payload'],
    ['the analysis is malformed', { analysis: null }, 'invalid_analysis_payload'],
  ])('is nothing when %s', (_what, changes, event) => {
    expect(feature.propose(sampleLead(changes))).toEqual({ events: [event] });
    expect(feature.explain(sampleLead(changes))).toEqual({ adaptive: null });
  });

  it('is explained by the timing alone', () => {
    expect(feature.explain(sampleLead())).toEqual({
      adaptive: {
        engagement_score: 91,
        timing_bucket: 'immediate',
        recommended_delay_minutes: 5,
      },
    });
  });
});
