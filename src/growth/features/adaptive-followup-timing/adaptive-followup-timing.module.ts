import { Module } from '@nestjs/common';

import { AdaptiveFollowupTimingFeature } from './adaptive-followup-timing.feature.js';

@Module({ providers: [AdaptiveFollowupTimingFeature], exports: [AdaptiveFollowupTimingFeature] })
export class AdaptiveFollowupTimingModule {
  static readonly feature = AdaptiveFollowupTimingFeature;
}
