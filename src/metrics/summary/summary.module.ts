import { Module } from '@nestjs/common';
import { EffectsModule } from '../../effects/effects.module.js';
import { ApiKeysModule } from '../../http/api-keys/api-keys.module.js';
import { WebhookModule } from '../../webhook/webhook.module.js';
import { SummaryController } from './summary.controller.js';
import { SummaryService } from './summary.service.js';

/** What needs an operator's eye, at a glance. */
@Module({
  imports: [ApiKeysModule, EffectsModule, WebhookModule],
  controllers: [SummaryController],
  providers: [SummaryService],
})
export class SummaryModule {}
