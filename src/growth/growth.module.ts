import type { DynamicModule, FactoryProvider } from '@nestjs/common';
import { Module } from '@nestjs/common';

import { INITIAL_ROLLOUT, NO_ROLLOUT, type Rollout, RolloutService } from './rollout/rollout.js';
import { FeatureRegistry, GROWTH_FEATURE_LIST } from './rollout/feature-registry.js';
import { GROWTH_FEATURES } from './features/index.js';
import type { GrowthFeatureModule } from './growth-feature-module.js';
import type { GrowthFeature } from './growth-feature.js';
import { GrowthGateService } from './growth-gate.service.js';
import { RolloutReader } from './rollout/rollout-reader.js';
import { RolloutServiceReader } from './rollout/rollout-service.reader.js';

/** Where the rollout at the start comes from. */
export type RolloutSource = Pick<FactoryProvider<Rollout>, 'inject' | 'useFactory'>;

const EVERYTHING_OFF: RolloutSource = { useFactory: () => NO_ROLLOUT };

/** The gate and its features. Global, because a dynamic module imported twice would be two gates. */
@Module({})
export class GrowthModule {
  /** The features of this build, then `extra` ones; without a source every flag is off. */
  static forFeatures(
    extra: readonly GrowthFeatureModule[] = [],
    rolloutSource: RolloutSource = EVERYTHING_OFF,
  ): DynamicModule {
    const modules = [...GROWTH_FEATURES, ...extra];
    return {
      module: GrowthModule,
      global: true,
      imports: modules,
      providers: [
        {
          provide: GROWTH_FEATURE_LIST,
          inject: modules.map(({ feature }) => feature),
          useFactory: (...features: GrowthFeature[]) => features,
        },
        { provide: INITIAL_ROLLOUT, ...rolloutSource },
        FeatureRegistry,
        RolloutService,
        GrowthGateService,
        { provide: RolloutReader, useClass: RolloutServiceReader },
      ],
      exports: [GrowthGateService, RolloutService, RolloutReader, FeatureRegistry],
    };
  }
}
