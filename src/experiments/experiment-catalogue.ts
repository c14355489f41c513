import { Injectable } from '@nestjs/common';
import { RolloutService } from '../growth/rollout/rollout.js';
import { FeatureRegistry } from '../growth/rollout/feature-registry.js';
import type { GrowthFeature } from '../growth/growth-feature.js';

/** An experiment as the settings of its feature describe it now. */
export interface RunningExperiment {
  readonly key: string;
  readonly variants: readonly VariantShare[];
}

export interface VariantShare {
  readonly key: string;
  readonly weight: number;
}

interface ExperimentSettings {
  readonly experimentKey?: unknown;
  readonly variants: readonly VariantShare[];
}

/**
 * The experiments that growth features run. A feature runs one when its settings hold `variants`; a
 * blank or absent `experimentKey` means the experiment that is named after the feature.
 */
@Injectable()
export class ExperimentCatalogue {
  constructor(
    private readonly registry: FeatureRegistry,
    private readonly rollout: RolloutService,
  ) {}

  list(): readonly RunningExperiment[] {
    return [...this.registry.list()].flatMap((feature) => this.runBy(feature) ?? []);
  }

  find(key: string): RunningExperiment | undefined {
    return this.list().find((experiment) => experiment.key === key);
  }

  /** Running now, or the first experiment of a feature that has moved on to another. */
  has(key: string): boolean {
    return [...this.registry.list()].some((feature) => {
      const running = this.runBy(feature);
      return running !== undefined && (running.key === key || feature.key === key);
    });
  }

  private runBy(feature: GrowthFeature): RunningExperiment | undefined {
    const settings = this.registry.settingsOf(feature, this.rollout.current());
    if (!hasVariants(settings)) return undefined;
    const { experimentKey, variants } = settings;
    const named = typeof experimentKey === 'string' && experimentKey !== '';
    return { key: named ? experimentKey : feature.key, variants };
  }
}

function hasVariants(settings: unknown): settings is ExperimentSettings {
  if (typeof settings !== 'object' || settings === null || !('variants' in settings)) return false;
  return Array.isArray(settings.variants) && settings.variants.every(isVariantShare);
}

function isVariantShare(value: unknown): value is VariantShare {
  if (typeof value !== 'object' || value === null) return false;
  const { key, weight } = value as Partial<VariantShare>;
  return typeof key === 'string' && typeof weight === 'number';
}
