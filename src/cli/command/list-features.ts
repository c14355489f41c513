import { NestFactory } from '@nestjs/core';
import { FeatureRegistry } from '../../growth/rollout/feature-registry.js';
import type { GrowthFeature } from '../../growth/growth-feature.js';
import { GrowthModule } from '../../growth/growth.module.js';

/** The growth features of this build, in the order in which they run; no database and no server is needed. */
export async function listFeatures(): Promise<readonly GrowthFeature[]> {
  const growth = await NestFactory.createApplicationContext(GrowthModule.forFeatures(), {
    logger: false,
  });
  try {
    return [...growth.get(FeatureRegistry).list()];
  } finally {
    await growth.close();
  }
}
