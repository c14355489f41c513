import { Injectable } from '@nestjs/common';
import {
  GROWTH_VERSION,
  type GrowthFeature,
  type GrowthProposal,
  type HandoffProposal,
  INVALID_ANALYSIS_EVENT,
  INVALID_FOLLOW_UP_EVENT,
  type LeadSnapshot,
  reportedSource,
  type SnapshotAnalysis,
  type SnapshotFollowUp,
} from '../../growth-feature.js';

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
    return risk.needs_handoff ? handoffProposal(events, lead, inputs, risk) : { events };
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

function handoffProposal(
  events: readonly string[],
  lead: LeadSnapshot,
  inputs: SlaInputs,
  risk: SlaRisk,
): GrowthProposal {
  return {
    events,
    decision: {
      sla_handoff: {
        risk_level: risk.risk_level,
        reason_code: risk.reason_code,
        needs_handoff: risk.needs_handoff,
        lead_score: inputs.lead_score,
        priority: inputs.priority,
        timing_bucket: inputs.timing_bucket,
        elapsed_processing_ms: inputs.elapsed_processing_ms,
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

export type RiskLevel = HandoffProposal['riskLevel'];

export interface SlaRisk {
  readonly risk_level: RiskLevel;
  readonly reason_code: string;
  readonly needs_handoff: boolean;
}

export interface SlaInputs extends Pick<SnapshotAnalysis, 'lead_score' | 'priority'> {
  readonly timing_bucket: string | null;
  /** Since the lead's message. */
  readonly elapsed_processing_ms: number;
}

const CONTACT_NOW_SCORE = 85;
const MONITOR_SCORE = 70;
const LATE_MS = 120_000;
const SLOW_MS = 60_000;

const RISKS: Readonly<Record<RiskLevel, SlaRisk>> = {
  high: { risk_level: 'high', reason_code: 'sla_high_risk_contact_now', needs_handoff: true },
  medium: { risk_level: 'medium', reason_code: 'sla_medium_risk_monitor', needs_handoff: false },
  low: { risk_level: 'low', reason_code: 'sla_low_risk', needs_handoff: false },
};

/** How badly a promising lead suffers from waiting; only a high risk needs a person now. */
export function assessSlaRisk(inputs: SlaInputs): SlaRisk {
  if (isHighRisk(inputs)) return RISKS.high;
  return isMediumRisk(inputs) ? RISKS.medium : RISKS.low;
}

function isHighRisk(inputs: SlaInputs): boolean {
  const { lead_score: score, priority, timing_bucket: bucket } = inputs;
  if (priority === 'high' && score >= CONTACT_NOW_SCORE) return true;
  if (bucket === 'immediate' || bucket === 'accelerated') return true;
  return inputs.elapsed_processing_ms >= LATE_MS && priority !== 'normal';
}

function isMediumRisk(inputs: SlaInputs): boolean {
  return (
    inputs.priority === 'review_required' ||
    inputs.lead_score >= MONITOR_SCORE ||
    inputs.timing_bucket === 'standard' ||
    inputs.elapsed_processing_ms >= SLOW_MS
  );
}
