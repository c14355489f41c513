import { Module } from '@nestjs/common';
import { EffectsModule } from '../effects/effects.module.js';
import { LeadsModule } from '../leads/leads.module.js';
import { ChangeDecider } from './change-decider.js';
import { ConsequenceStore } from './consequence-store.js';
import { DecisionReadModel } from './decision.read-model.js';
import { DeliveryDecider } from './delivery-decider.js';
import { DeliveryRepository } from './delivery.repository.js';
import { ExpiredRowRepository } from './expired-row.repository.js';
import { IntakeHousekeeping } from './intake-housekeeping.js';
import { IntakeStore } from './intake-store.js';
import { IntakeTransaction } from './intake-transaction.js';
import { IntakeService } from './intake.service.js';
import { LeadDecider } from './lead-decider.js';
import { PreviewController } from './preview/preview.controller.js';
import { PreviewService } from './preview/preview.service.js';

/** Deciding, and the transaction that stores what was decided. */
@Module({
  imports: [EffectsModule, LeadsModule],
  controllers: [PreviewController],
  providers: [
    PreviewService,
    DecisionReadModel,
    DeliveryRepository,
    ExpiredRowRepository,
    LeadDecider,
    ChangeDecider,
    DeliveryDecider,
    ConsequenceStore,
    IntakeHousekeeping,
    IntakeStore,
    IntakeTransaction,
    IntakeService,
  ],
  exports: [DecisionReadModel, IntakeService],
})
export class IntakeModule {}
