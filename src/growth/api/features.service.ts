import { Injectable } from '@nestjs/common';
import { GrowthGateService, type FeatureListing } from '../growth-gate.service.js';
import { RolloutService } from '../rollout/rollout.service.js';
import type { FeatureDto, FeaturePageDto } from './features.dto.js';

@Injectable()
export class FeaturesService {
  constructor(
    private readonly gate: GrowthGateService,
    private readonly rollouts: RolloutService,
  ) {}

  list(): FeaturePageDto {
    const rollout = this.rollouts.current();
    const features = this.gate.listFeatures(rollout).map(featureDto);
    return { rollout_version: rollout.version, features };
  }
}

function featureDto({ key, description, flag, settings }: FeatureListing): FeatureDto {
  const { enabled, killed, rampPercent } = flag;
  return { key, description, flag: { enabled, killed, ramp_percent: rampPercent }, settings };
}
