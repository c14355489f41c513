import { Global, Module } from '@nestjs/common';
import { RolloutReader } from './rollout-reader.js';
import { RolloutServiceReader } from './rollout-service.reader.js';

/** Lets health and metrics read the rollout without knowing the growth modules. */
@Global()
@Module({
  providers: [{ provide: RolloutReader, useClass: RolloutServiceReader }],
  exports: [RolloutReader],
})
export class RolloutReaderModule {}
