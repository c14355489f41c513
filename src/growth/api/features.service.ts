import { Injectable } from '@nestjs/common';
import { Keyset } from '../../http/admin/keyset.js';
import type { PageQuery } from '../../http/admin/page.js';
import { GrowthGateService, type FeatureListing } from '../growth-gate.service.js';
import { RolloutService } from '../rollout/rollout.js';
import type { FeatureDto, FeaturePageDto } from './features.dto.js';

const ORDER = new Keyset('features', { key: 'text' });

@Injectable()
export class FeaturesService {
  constructor(
    private readonly gate: GrowthGateService,
    private readonly rollouts: RolloutService,
  ) {}

  /** @throws {ProblemException} 400 for a cursor that is none of ours */
  list(query: PageQuery): FeaturePageDto {
    const rollout = this.rollouts.current();
    const features = this.gate.listFeatures(rollout).map(featureDto);
    const after = ORDER.after(query);
    const isLastShown = ({ key }: FeatureDto): boolean => key === after?.key;
    const page = ORDER.page(features.slice(features.findIndex(isLastShown) + 1), query);
    return { rollout_version: rollout.version, ...page };
  }
}

function featureDto({ key, description, flag, settings }: FeatureListing): FeatureDto {
  const { enabled, killed, rampPercent } = flag;
  return { key, description, flag: { enabled, killed, ramp_percent: rampPercent }, settings };
}
