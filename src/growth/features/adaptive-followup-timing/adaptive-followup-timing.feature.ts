import { Injectable } from '@nestjs/common';

import type { GrowthFeature, GrowthProposal, LeadSnapshot } from '../../growth-feature.js';
import {
  GROWTH_VERSION,
  INVALID_ANALYSIS_EVENT,
  INVALID_FOLLOW_UP_EVENT,
} from '../../growth-feature.js';
import { reportedSource } from '../../metric-key.js';
import { adaptTiming } from './adaptive-timing.js';

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
        ...timing,
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
