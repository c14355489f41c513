import { sourceKey } from './metric-key.js';
import { isWithinRamp } from './rollout/ramp.js';
import type { Rollout } from './rollout/rollout.js';

export const VERDICT_REASONS = [
  'unknown_feature',
  'killed',
  'flag_disabled',
  'canary_source_unconfigured',
  'canary_source_missing',
  'canary_source_mismatch',
  'rollout_percentage',
  'enabled',
] as const;
export type VerdictReason = (typeof VERDICT_REASONS)[number];

/** Whether a feature applies to a lead, and why. */
export interface Verdict {
  readonly enabled: boolean;
  readonly reason: VerdictReason;
}

/** Whom the gate judges. */
export interface GateSubject {
  /** Empty when the lead has none. */
  readonly leadSource: string;
  readonly contactId: string;
  readonly locationId: string;
}

/** The contract's order: the first reason that holds is the one given. */
export function decideVerdictReason(
  featureKey: string,
  subject: GateSubject,
  rollout: Rollout,
): VerdictReason {
  const flag = Object.hasOwn(rollout.flags, featureKey) ? rollout.flags[featureKey] : undefined;
  if (flag?.killed) return 'killed';
  if (!flag?.enabled) return 'flag_disabled';
  if (rollout.canaryModeEnabled) {
    const blockedBy = canaryBlock(subject.leadSource, rollout.canarySources);
    if (blockedBy !== undefined) return blockedBy;
  }
  const isIn = isWithinRamp(featureKey, subject.contactId, flag.rampPercent);
  return isIn ? 'enabled' : 'rollout_percentage';
}

/** Fails closed: canary mode without a source lets nobody in. */
function canaryBlock(
  leadSource: string,
  canarySources: readonly string[],
): VerdictReason | undefined {
  if (canarySources.length === 0) return 'canary_source_unconfigured';
  if (leadSource.trim() === '') return 'canary_source_missing';
  return canarySources.includes(sourceKey(leadSource)) ? undefined : 'canary_source_mismatch';
}
