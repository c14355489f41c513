import { Inject, Injectable } from '@nestjs/common';
import { type GrowthFeature, sourceKey, type WritebackToggles } from '../growth-feature.js';
import { deepFreeze } from '../../shared/loose-json.js';
import { murmur3 } from './murmur3.js';

/** What applies to whom: the rollout in force, the features' settings under it, and the verdict on a lead. */

export interface FeatureFlag {
  readonly enabled: boolean;
  /** The kill switch: stronger than everything else, and kept apart so that lifting it restores the flag. */
  readonly killed: boolean;
  /** Share of the leads, 0 to 100; fractions are allowed. */
  readonly rampPercent: number;
}

/** What applies to whom at one moment. Immutable: a change is a new rollout with a higher version. */
export interface Rollout {
  /** 0 is the environment's baseline; the admin API counts up from 1. */
  readonly version: number;
  /** ISO time. */
  readonly lastUpdated: string;
  readonly canaryModeEnabled: boolean;
  /** Metric keys of `canarySourceText`. */
  readonly canarySources: readonly string[];
  /** As configured: a comma list. */
  readonly canarySourceText: string;
  /** By feature key; a feature without a flag is off. */
  readonly flags: Readonly<Record<string, FeatureFlag>>;
  /** What an operator has set, by feature key; laid over the feature's defaults. */
  readonly settings: Readonly<Record<string, object>>;
  readonly writebackToggles: WritebackToggles;
}

/** The growth part of the environment, already parsed. */
export interface RolloutEnvironment {
  /** By feature key. */
  readonly flags: Readonly<Record<string, boolean>>;
  readonly canaryModeEnabled: boolean;
  /** A comma list. */
  readonly canarySource: string;
  readonly leadSourceWritebackEnabled: boolean;
  readonly conversionFeedbackWritebackEnabled: boolean;
}

export const FLAG_OFF: FeatureFlag = Object.freeze({
  enabled: false,
  killed: false,
  rampPercent: 100,
});

/** Sources are compared by metric key, so `facebook_ads` is `Facebook Ads`; blank entries name no source. */
export function parseCanarySources(text: string): readonly string[] {
  const named = text.split(',').filter((entry) => entry.trim() !== '');
  return [...new Set(named.map(sourceKey))];
}

/** The baseline at the start of the process. */
export function rolloutFromEnvironment(environment: RolloutEnvironment, startedAt: Date): Rollout {
  const flags = Object.entries(environment.flags).map(
    ([key, enabled]) => [key, { ...FLAG_OFF, enabled }] as const,
  );
  return {
    version: 0,
    lastUpdated: startedAt.toISOString(),
    canaryModeEnabled: environment.canaryModeEnabled,
    canarySources: parseCanarySources(environment.canarySource),
    canarySourceText: environment.canarySource,
    flags: Object.fromEntries(flags),
    settings: {},
    writebackToggles: {
      lead_source: environment.leadSourceWritebackEnabled,
      conversion_feedback: environment.conversionFeedbackWritebackEnabled,
    },
  };
}

/** Every flag off. */
export const NO_ROLLOUT: Rollout = rolloutFromEnvironment(
  {
    flags: {},
    canaryModeEnabled: false,
    canarySource: '',
    leadSourceWritebackEnabled: false,
    conversionFeedbackWritebackEnabled: false,
  },
  new Date(0),
);

/** The environment variable of a feature's flag. */
export function flagVariable(featureKey: string): string {
  return `FF_GROWTH_${featureKey.toUpperCase()}_ENABLED`;
}

/** Injection token of the rollout that is in force at the start. */
export const INITIAL_ROLLOUT = Symbol('INITIAL_ROLLOUT');

/**
 * The rollout in force in this process. In memory and synchronous, because every decision asks it;
 * whoever keeps rollouts (the admin API, the replicas' propagation) hands new ones to `replace`.
 */
@Injectable()
export class RolloutService {
  #current: Rollout;

  constructor(@Inject(INITIAL_ROLLOUT) initial: Rollout) {
    this.#current = frozen(initial);
  }

  current(): Rollout {
    return this.#current;
  }

  /**
   * Puts a rollout in force. Announcements of two changes may arrive in the wrong order, so an older
   * version than the current one is refused; false says so.
   */
  replace(rollout: Rollout): boolean {
    if (rollout.version < this.#current.version) return false;
    this.#current = frozen(rollout);
    return true;
  }
}

/** A copy, so that neither the giver nor a reader can change what is in force. */
function frozen(rollout: Rollout): Rollout {
  return deepFreeze(structuredClone(rollout));
}

/** Injection token of the features' list, in the order in which they run. */
export const GROWTH_FEATURE_LIST = Symbol('GROWTH_FEATURE_LIST');

const FEATURE_KEY = /^[a-z][a-z0-9_]*$/;

/** The features that this build knows. */
@Injectable()
export class FeatureRegistry {
  readonly #byKey = new Map<string, GrowthFeature>();
  /** Settings are laid together once per rollout, not once per lead. */
  readonly #settings = new WeakMap<Rollout, Map<string, unknown>>();

  constructor(@Inject(GROWTH_FEATURE_LIST) features: readonly GrowthFeature[]) {
    for (const feature of features) {
      if (!FEATURE_KEY.test(feature.key)) {
        throw new Error(`Growth feature key "${feature.key}" is not snake_case`);
      }
      if (this.#byKey.has(feature.key)) {
        throw new Error(`Two growth features are called "${feature.key}"`);
      }
      this.#byKey.set(feature.key, feature);
    }
  }

  has(key: string): boolean {
    return this.#byKey.has(key);
  }

  /** In the order in which they run. */
  list(): Iterable<GrowthFeature> {
    return this.#byKey.values();
  }

  /** The feature's defaults under what the rollout says. */
  settingsOf(feature: GrowthFeature, rollout: Rollout): unknown {
    let settings = this.#settings.get(rollout);
    if (settings === undefined) {
      settings = new Map();
      this.#settings.set(rollout, settings);
    }
    if (!settings.has(feature.key)) settings.set(feature.key, layeredSettings(feature, rollout));
    return settings.get(feature.key);
  }
}

function layeredSettings(feature: GrowthFeature, rollout: Rollout): unknown {
  return Object.freeze(
    Object.assign(
      {},
      feature.defaults,
      rollout.settings[feature.key],
      feature.settingsFrom?.(rollout.writebackToggles),
    ),
  );
}

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
