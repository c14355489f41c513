import { murmur3 } from './murmur3.js';

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
