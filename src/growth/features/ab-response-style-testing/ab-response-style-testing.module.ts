import { Module } from '@nestjs/common';

import { AbResponseStyleTestingFeature } from './ab-response-style-testing.feature.js';

@Module({ providers: [AbResponseStyleTestingFeature], exports: [AbResponseStyleTestingFeature] })
export class AbResponseStyleTestingModule {
  static readonly feature = AbResponseStyleTestingFeature;
}
