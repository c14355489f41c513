import { Module } from '@nestjs/common';
import { ApiKeysModule } from '../../http/api-keys/api-keys.module.js';
import { FeaturesController } from './features.controller.js';
import { FeaturesService } from './features.service.js';

/** What an operator may ask of the gate. */
@Module({
  imports: [ApiKeysModule],
  controllers: [FeaturesController],
  providers: [FeaturesService],
})
export class GrowthApiModule {}
