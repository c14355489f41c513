import { Module } from '@nestjs/common';

import { LeadSourceAttributionFeature } from './lead-source-attribution.feature.js';

@Module({ providers: [LeadSourceAttributionFeature], exports: [LeadSourceAttributionFeature] })
export class LeadSourceAttributionModule {
  static readonly feature = LeadSourceAttributionFeature;
}
