import type { Type } from '@nestjs/common';

import type { GrowthFeature } from './growth-feature.js';

/** A feature's Nest module: it provides and exports the class that it names. */
export interface GrowthFeatureModule extends Type {
  readonly feature: Type<GrowthFeature>;
}
