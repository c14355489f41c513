import { Injectable } from '@nestjs/common';
import {
  GROWTH_VERSION,
  type GrowthFeature,
  type GrowthProposal,
  INVALID_ANALYSIS_EVENT,
  INVALID_FOLLOW_UP_EVENT,
  type LeadSnapshot,
  reportedSource,
  type SnapshotAnalysis,
} from '../../growth-feature.js';
import { readNumber } from '../../lead-readings.js';

@Injectable()
export class AdaptiveFollowupTimingFeature implements GrowthFeature<object> {
  readonly key = 'adaptive_followup_timing';
  readonly description = 'Follows up sooner with leads that are more engaged.';
  readonly defaults = {};

  observe(): readonly string[] {
    return [];
  }

  propose(lead: LeadSnapshot): GrowthProposal {
    if (lead.followUp === undefined) return { events: ['no_follow_up_payload'] };
    if (lead.followUp === null) return { events: [INVALID_FOLLOW_UP_EVENT] };
    if (lead.analysis === null) return { events: [INVALID_ANALYSIS_EVENT] };
    const timing = adaptTiming(lead.analysis, lead.followUp['engagement_score']);
    return {
      events: [`applied_${timing.timing_bucket}`],
      followUp: {
        adaptive_timing_applied: true,
        adaptive_timing_version: GROWTH_VERSION,
        engagement_score: timing.engagement_score,
        timing_bucket: timing.timing_bucket,
        recommended_delay_minutes: timing.recommended_delay_minutes,
        lead_source: reportedSource(lead.source),
      },
    };
  }

  /** Null where there is nothing to time. */
  explain({ analysis, followUp }: LeadSnapshot): Readonly<Record<string, unknown>> {
    const isReadable = analysis !== null && followUp !== undefined && followUp !== null;
    return { adaptive: isReadable ? adaptTiming(analysis, followUp['engagement_score']) : null };
  }
}

export type TimingBucket = 'immediate' | 'accelerated' | 'standard' | 'nurture';

export interface AdaptiveTiming {
  /** 0 to 100. */
  readonly engagement_score: number;
  readonly timing_bucket: TimingBucket;
  readonly recommended_delay_minutes: number;
}

interface TimingStep {
  readonly minEngagement: number;
  readonly bucket: TimingBucket;
  readonly delayMinutes: number;
}

/** Section 6 of the contract, most engaged first. */
const STEPS: readonly TimingStep[] = [
  { minEngagement: 85, bucket: 'immediate', delayMinutes: 5 },
  { minEngagement: 70, bucket: 'accelerated', delayMinutes: 30 },
  { minEngagement: 55, bucket: 'standard', delayMinutes: 120 },
];
const LAST_STEP: TimingStep = { minEngagement: 0, bucket: 'nurture', delayMinutes: 720 };

/** A promising lead counts as engaged at least this much, whatever its score. */
const PRIORITY_FLOOR = { high: 85, review_required: 65, normal: 0 } as const;
const TEMPERATURE_FLOOR = { hot: 80, warm: 60, cold: 0 } as const;

/**
 * The sooner, the more engaged the lead. `statedEngagement` is the follow-up's own score; where it is
 * a number, also as text, it is believed; otherwise the analysis decides.
 */
export function adaptTiming(analysis: SnapshotAnalysis, statedEngagement: unknown): AdaptiveTiming {
  const engagement = clampPercent(readNumber(statedEngagement) ?? derivedEngagement(analysis));
  const step = STEPS.find(({ minEngagement }) => engagement >= minEngagement) ?? LAST_STEP;
  return {
    engagement_score: engagement,
    timing_bucket: step.bucket,
    recommended_delay_minutes: step.delayMinutes,
  };
}

function derivedEngagement(analysis: SnapshotAnalysis): number {
  return Math.max(
    analysis.lead_score,
    PRIORITY_FLOOR[analysis.priority],
    TEMPERATURE_FLOOR[analysis.lead_temperature],
  );
}

function clampPercent(value: number): number {
  return Math.min(100, Math.max(0, value));
}
