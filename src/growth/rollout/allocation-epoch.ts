import { murmur3 } from './murmur3.js';
import { FLAG_OFF, type Rollout } from './rollout.js';

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
