import { sourceKey } from '../growth-feature.js';
import { murmur3 } from './murmur3.js';
import { FLAG_OFF, type Rollout } from './rollout.js';

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

/**
 * Ramps have a hash and a seed of their own: were they bucketed like an experiment's arms, the first
 * half of a ramp would hold one arm only. The feature's key is part of the text, so that the contacts
 * that get one feature early are not the same that get every feature early.
 */
const RAMP_SEED = 0x72616d70;
const HASH_RANGE = 2 ** 32;

/** Place of a contact in a feature's ramp: at least 0, below 100. The same id always gets the same place. */
export function rampBucket(featureKey: string, contactId: string): number {
  const id = contactId.trim().normalize('NFC');
  return (murmur3(`${featureKey}:${id}`, RAMP_SEED) / HASH_RANGE) * 100;
}

/**
 * Whether a ramp lets a contact in. Raising the percentage only ever adds contacts. Without an id
 * nobody can be placed, so a partial ramp keeps such a lead out; so does a percentage that is no number.
 */
export function isWithinRamp(featureKey: string, contactId: string, rampPercent: number): boolean {
  if (rampPercent >= 100) return true;
  if (!(rampPercent > 0) || contactId.trim() === '') return false;
  return rampBucket(featureKey, contactId) < rampPercent;
}

const EPOCH_SEED = 0x65706f63;

/** The part of a feature's settings that says who gets which arm. */
interface AllocationSettings {
  readonly experimentKey?: unknown;
  readonly variants?: unknown;
  readonly holdoutPercent?: unknown;
}

/**
 * Names the allocation under which a contact got its arm: leads of different epochs came to their
 * arms in different ways, and are compared apart. It changes with the experiment's own variants,
 * weights, holdout, ramp and audience, and with nothing else: another feature's flag, or a restart,
 * starts no epoch.
 *
 * @returns a number from 0 to 2^31 - 1, the same for the same allocation in every process
 */
export function allocationEpoch(featureKey: string, settings: unknown, rollout: Rollout): number {
  const { experimentKey, variants, holdoutPercent }: AllocationSettings = Object(settings);
  const { rampPercent } = rollout.flags[featureKey] ?? FLAG_OFF;
  const audience = rollout.canaryModeEnabled ? [...rollout.canarySources].sort() : null;
  const allocation = [experimentKey, variants, holdoutPercent, rampPercent, audience];
  return murmur3(JSON.stringify(allocation), EPOCH_SEED) >>> 1;
}
