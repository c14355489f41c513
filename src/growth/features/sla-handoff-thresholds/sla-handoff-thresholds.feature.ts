import { Injectable } from '@nestjs/common';

import type {
  GrowthFeature,
  GrowthProposal,
  LeadSnapshot,
  SnapshotAnalysis,
  SnapshotFollowUp,
} from '../../growth-feature.js';
import {
  GROWTH_VERSION,
  INVALID_ANALYSIS_EVENT,
  INVALID_FOLLOW_UP_EVENT,
} from '../../growth-feature.js';
import { reportedSource } from '../../metric-key.js';
import type { SlaInputs, SlaRisk } from './sla-risk.js';
import { assessSlaRisk } from './sla-risk.js';

@Injectable()
export class SlaHandoffThresholdsFeature implements GrowthFeature<object> {
  readonly key = 'sla_handoff_thresholds';
  readonly description = 'Hands a lead that must not wait to a person, with a deadline.';
  readonly defaults = {};

  observe(): readonly string[] {
    return ['observed'];
  }

  propose(lead: LeadSnapshot): GrowthProposal {
    if (lead.analysis === null) return { events: [INVALID_ANALYSIS_EVENT] };
    const inputs = slaInputs(lead, lead.analysis);
    const risk = assessSlaRisk(inputs);
    const events = [
      ...(lead.followUp === null ? [INVALID_FOLLOW_UP_EVENT] : []),
      `risk_${risk.risk_level}`,
      risk.needs_handoff ? 'handoff_recommended' : 'handoff_not_required',
    ];
    return risk.needs_handoff ? { events, ...handoffProposal(lead, inputs, risk) } : { events };
  }

  explain(lead: LeadSnapshot): Readonly<Record<string, unknown>> {
    const { analysis } = lead;
    return { sla: analysis === null ? null : assessSlaRisk(slaInputs(lead, analysis)) };
  }
}

function slaInputs(lead: LeadSnapshot, analysis: SnapshotAnalysis): SlaInputs {
  return {
    lead_score: analysis.lead_score,
    priority: analysis.priority,
    timing_bucket: timingBucketOf(lead.followUp),
    elapsed_processing_ms: lead.elapsedMs,
  };
}

/** Whoever set it: this feature knows the follow-up, not the feature that times it. */
function timingBucketOf(followUp: SnapshotFollowUp): string | null {
  const bucket = followUp?.['timing_bucket'];
  return typeof bucket === 'string' ? bucket : null;
}

function handoffProposal(lead: LeadSnapshot, inputs: SlaInputs, risk: SlaRisk): GrowthProposal {
  return {
    decision: {
      sla_handoff: {
        ...risk,
        ...inputs,
        lead_source: reportedSource(lead.source),
        version: GROWTH_VERSION,
        evaluated_at: lead.decidedAt.toISOString(),
      },
    },
    followUp: {
      needs_handoff: true,
      handoff_reason_code: risk.reason_code,
      handoff_risk_level: risk.risk_level,
    },
    actions: ['human_handoff'],
    handoff: { riskLevel: risk.risk_level, reasonCode: risk.reason_code },
  };
}
