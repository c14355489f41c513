import { Inject, Injectable } from '@nestjs/common';
import { sourceKey, type WritebackToggles } from '../growth-feature.js';
import { deepFreeze } from '../../shared/loose-json.js';

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
