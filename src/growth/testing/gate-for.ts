import {
  type FeatureFlag,
  FLAG_OFF,
  parseCanarySources,
  type Rollout,
  RolloutService,
} from '../rollout/rollout.js';
import { FeatureRegistry } from '../rollout/feature-registry.js';
import type { GrowthFeature } from '../growth-feature.js';
import { GrowthGateService } from '../growth-gate.service.js';

export type RolloutChanges = Partial<Omit<Rollout, 'canarySources' | 'flags'>> & {
  readonly flags?: Readonly<Record<string, Partial<FeatureFlag>>>;
};

/** Everything off but for the changes. */
export function sampleRollout({ flags = {}, ...changes }: RolloutChanges = {}): Rollout {
  return {
    version: 1,
    lastUpdated: '2026-02-01T00:00:00.000Z',
    canaryModeEnabled: false,
    canarySourceText: '',
    settings: {},
    writebackToggles: { lead_source: false, conversion_feedback: false },
    ...changes,
    canarySources: parseCanarySources(changes.canarySourceText ?? ''),
    flags: Object.fromEntries(
      Object.entries(flags).map(([key, flag]) => [key, { ...FLAG_OFF, ...flag }]),
    ),
  };
}

/** The flags of these features on. */
export function switchedOn(...features: readonly GrowthFeature[]): Rollout['flags'] {
  return Object.fromEntries(features.map(({ key }) => [key, { ...FLAG_OFF, enabled: true }]));
}

/** A gate outside of Nest, with these features only. */
export function gateFor(
  features: readonly GrowthFeature[],
  changes: RolloutChanges = {},
): GrowthGateService {
  return new GrowthGateService(
    new FeatureRegistry(features),
    new RolloutService(sampleRollout(changes)),
  );
}
