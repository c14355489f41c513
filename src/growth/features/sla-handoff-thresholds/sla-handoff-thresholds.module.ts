import { Module } from '@nestjs/common';

import { SlaHandoffThresholdsFeature } from './sla-handoff-thresholds.feature.js';

@Module({ providers: [SlaHandoffThresholdsFeature], exports: [SlaHandoffThresholdsFeature] })
export class SlaHandoffThresholdsModule {
  static readonly feature = SlaHandoffThresholdsFeature;
}
