import { Module } from '@nestjs/common';

import { LlmReadingFeature } from './llm-reading.feature.js';

@Module({ providers: [LlmReadingFeature], exports: [LlmReadingFeature] })
export class LlmReadingModule {
  static readonly feature = LlmReadingFeature;
}
