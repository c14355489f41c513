import { Inject, Injectable } from '@nestjs/common';
import type { GrowthFeature } from '../growth-feature.js';
import type { Rollout } from './rollout.js';
import { RuledFeature } from './ruled-feature.js';

/** Injection token of the features' list, in the order in which they run. */
export const GROWTH_FEATURE_LIST = Symbol('GROWTH_FEATURE_LIST');

const FEATURE_KEY = /^[a-z][a-z0-9_]*$/;

/** The features that this build knows. */
@Injectable()
export class FeatureRegistry {
  readonly #byKey = new Map<string, GrowthFeature>();
  /** Rules and settings are made ready once per rollout, not once per lead. */
  readonly #ruled = new WeakMap<Rollout, ReadonlyMap<string, RuledFeature>>();
  /** Looked at before the map: nearly all leads are decided under the same rollout. */
  #latest:
    { readonly rollout: Rollout; readonly features: ReadonlyMap<string, RuledFeature> } | undefined;

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

  /** In the order in which they run. */
  list(): Iterable<GrowthFeature> {
    return this.#byKey.values();
  }

  /** The feature's defaults under what the rollout says. */
  settingsOf(feature: GrowthFeature, rollout: Rollout): unknown {
    return this.under(rollout).get(feature.key)?.settings;
  }

  /** The features with what the rollout says of them, in the order in which they run. */
  under(rollout: Rollout): ReadonlyMap<string, RuledFeature> {
    if (rollout !== this.#latest?.rollout) {
      this.#latest = { rollout, features: this.#ruledBy(rollout) };
    }
    return this.#latest.features;
  }

  #ruledBy(rollout: Rollout): ReadonlyMap<string, RuledFeature> {
    let features = this.#ruled.get(rollout);
    if (features === undefined) {
      features = new Map(
        Array.from(this.#byKey, ([key, feature]) => [key, new RuledFeature(feature, rollout)]),
      );
      this.#ruled.set(rollout, features);
    }
    return features;
  }
}
