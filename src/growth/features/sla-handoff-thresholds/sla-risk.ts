import type { HandoffProposal, SnapshotAnalysis } from '../../growth-feature.js';

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
