import { Module } from '@nestjs/common';
import { LeadsModule } from '../leads/leads.module.js';
import { WebhookModule } from '../webhook/webhook.module.js';
import { DeliveriesController } from './deliveries/deliveries.controller.js';
import { DeliveryReplayService } from './deliveries/delivery-replay.service.js';
import { DeliveryReadModel } from './deliveries/delivery.read-model.js';
import { EffectReplayRepository } from './effects/effect-replay.repository.js';
import { EffectReplayService } from './effects/effect-replay.service.js';
import { EffectReadModel } from './effects/effect.read-model.js';
import { EffectsController } from './effects/effects.controller.js';
import { FeaturesController } from './features/features.controller.js';
import { FeaturesService } from './features/features.service.js';
import { LeadAdminService } from './leads/lead-admin.service.js';
import { LeadsController } from './leads/leads.controller.js';
import { PreviewController } from './preview/preview.controller.js';
import { PreviewService } from './preview/preview.service.js';
import { SummaryController } from './summary/summary.controller.js';
import { SummaryService } from './summary/summary.service.js';

/** The operator's view of leads, deliveries, effects and features; the console stands on the same routes. */
@Module({
  imports: [LeadsModule, WebhookModule],
  controllers: [
    PreviewController,
    FeaturesController,
    LeadsController,
    EffectsController,
    DeliveriesController,
    SummaryController,
  ],
  providers: [
    PreviewService,
    FeaturesService,
    LeadAdminService,
    EffectReadModel,
    EffectReplayRepository,
    EffectReplayService,
    DeliveryReadModel,
    DeliveryReplayService,
    SummaryService,
  ],
})
export class AdminModule {}
