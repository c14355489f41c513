import { Inject, Injectable } from '@nestjs/common';
import type { GrowthFeature } from '../growth-feature.js';
import type { Rollout } from './rollout.js';

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
