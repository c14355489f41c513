import { Module } from '@nestjs/common';
import { FeaturesController } from './features.controller.js';
import { FeaturesService } from './features.service.js';

/** What an operator may ask of the gate. */
@Module({ controllers: [FeaturesController], providers: [FeaturesService] })
export class GrowthApiModule {}
