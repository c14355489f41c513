import { Module } from '@nestjs/common';
import { CrmModule } from '../crm/crm.module.js';
import { EffectsModule } from '../effects/effects.module.js';
import { HealthChecks } from './health-checks.js';
import { HealthController } from './health.controller.js';
import { HealthService } from './health.service.js';
import { CrmIndicator } from './indicators/crm.indicator.js';
import { DatabaseIndicator } from './indicators/database.indicator.js';
import { EffectsIndicator } from './indicators/effects.indicator.js';
import { RolloutIndicator } from './indicators/rollout.indicator.js';
import { Readiness } from './readiness.js';

@Module({
  imports: [CrmModule, EffectsModule],
  controllers: [HealthController],
  providers: [
    DatabaseIndicator,
    CrmIndicator,
    EffectsIndicator,
    RolloutIndicator,
    HealthChecks,
    HealthService,
    Readiness,
  ],
  exports: [HealthChecks, Readiness],
})
export class HealthModule {}
