import { sourceKey } from '../growth-feature.js';
import { begun, continued, finished, murmur3, type PartialHash } from './murmur3.js';
import { Remembered } from './remembered.js';
import { type FeatureFlag, FLAG_OFF, type Rollout } from './rollout.js';

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

/** One object per reason, since a verdict is given millions of times. */
const VERDICTS = Object.fromEntries(
  VERDICT_REASONS.map((reason) => [
    reason,
    Object.freeze({ enabled: reason === 'enabled', reason }),
  ]),
) as Readonly<Record<VerdictReason, Verdict>>;

/** Of a feature that this build does not have. */
export const UNKNOWN_FEATURE = VERDICTS.unknown_feature;

/** What one rollout says of one feature, made ready once: a lead then costs a look and a hash. */
export class FeatureRule {
  /** The same for every lead; undefined where it depends on the lead. */
  readonly #forAll: Verdict | undefined;
  /** Undefined outside of canary mode. */
  readonly #canary: Remembered<Verdict> | undefined;
  readonly #ramp: Ramp;

  constructor(featureKey: string, rollout: Rollout) {
    const flag = Object.hasOwn(rollout.flags, featureKey) ? rollout.flags[featureKey] : undefined;
    this.#forAll = verdictForAll(flag ?? FLAG_OFF, rollout);
    this.#canary = rollout.canaryModeEnabled ? canaryAudience(rollout.canarySources) : undefined;
    this.#ramp = new Ramp(featureKey, flag?.rampPercent ?? 0);
  }

  /** The contract's order: the first reason that holds is the one given. */
  verdictOn(subject: GateSubject): Verdict {
    if (this.#forAll !== undefined) return this.#forAll;
    const verdict = this.#canary?.of(subject.leadSource) ?? VERDICTS.enabled;
    if (!verdict.enabled) return verdict;
    return this.#ramp.admits(subject.contactId) ? verdict : VERDICTS.rollout_percentage;
  }
}

function verdictForAll(flag: FeatureFlag, rollout: Rollout): Verdict | undefined {
  if (flag.killed) return VERDICTS.killed;
  if (!flag.enabled) return VERDICTS.flag_disabled;
  // Fails closed: canary mode without a source lets nobody in.
  const isUnconfigured = rollout.canaryModeEnabled && rollout.canarySources.length === 0;
  return isUnconfigured ? VERDICTS.canary_source_unconfigured : undefined;
}

/** For whoever asks once; the gate keeps a rule as long as its rollout is in force. */
export function decideVerdictReason(
  featureKey: string,
  subject: GateSubject,
  rollout: Rollout,
): VerdictReason {
  return new FeatureRule(featureKey, rollout).verdictOn(subject).reason;
}

/** Whom canary mode lets pass: each source, as it is written, is compared by its key once. */
function canaryAudience(canarySources: readonly string[]): Remembered<Verdict> {
  const keys = new Set(canarySources);
  return new Remembered((source) => {
    if (source.trim() === '') return VERDICTS.canary_source_missing;
    return keys.has(sourceKey(source)) ? VERDICTS.enabled : VERDICTS.canary_source_mismatch;
  });
}

/**
 * Ramps have a hash and a seed of their own: were they bucketed like an experiment's arms, the first
 * half of a ramp would hold one arm only. The feature's key is part of the text, so that the contacts
 * that get one feature early are not the same that get every feature early.
 */
const RAMP_SEED = 0x72616d70;
const HASH_RANGE = 2 ** 32;
/** The last of the ASCII characters that trimming takes away. */
const BLANK = 0x20;

/** The share of the contacts that a feature is opened to. */
class Ramp {
  readonly #featureHash: PartialHash;
  readonly #percent: number;

  constructor(featureKey: string, percent: number) {
    this.#featureHash = continued(begun(RAMP_SEED), `${featureKey}:`);
    this.#percent = percent;
  }

  /** Raising the percentage only ever adds contacts; one that is no number lets nobody in. */
  admits(contactId: string): boolean {
    return this.#percent >= 100 || this.placeOf(contactId) < this.#percent;
  }

  /** At least 0, below 100; 100 without an id, so that a partial ramp keeps such a lead out. */
  placeOf(contactId: string): number {
    let hash = continued(this.#featureHash, contactId);
    // As many bytes as characters are ASCII, which needs no composing: asking would cost the most.
    const isAscii = hash.length - this.#featureHash.length === contactId.length;
    if (!isAscii || hasBlankEnd(contactId)) {
      const id = normalisedId(contactId);
      if (id === '') return 100;
      hash = continued(this.#featureHash, id);
    }
    return (finished(hash) / HASH_RANGE) * 100;
  }
}

/** Place of a contact in a feature's ramp: at least 0, below 100; 100 without an id. */
export function rampBucket(featureKey: string, contactId: string): number {
  return new Ramp(featureKey, 100).placeOf(contactId);
}

/** Whether a ramp lets a contact in. */
export function isWithinRamp(featureKey: string, contactId: string, rampPercent: number): boolean {
  return new Ramp(featureKey, rampPercent).admits(contactId);
}

/** Trimmed, its letters composed, so that the same name is the same contact. */
export function normalisedId(contactId: string): string {
  return contactId.trim().normalize('NFC');
}

/** Also of a text without a character, which has no code to be above. */
function hasBlankEnd(ascii: string): boolean {
  return !(ascii.charCodeAt(0) > BLANK && ascii.charCodeAt(ascii.length - 1) > BLANK);
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
