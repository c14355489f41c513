import { Module } from '@nestjs/common';
import { ConsentModule } from '../consent/consent.module.js';
import { ConversionsModule } from '../conversions/conversions.module.js';
import { EffectsModule } from '../effects/effects.module.js';
import { DecisionCountersModule } from '../growth/counters/decision-counters.module.js';
import { HandoffsModule } from '../handoffs/handoffs.module.js';
import { ApiKeysModule } from '../http/api-keys/api-keys.module.js';
import { LeadsModule } from '../leads/leads.module.js';
import { Decider } from './decider.js';
import { DecidingBasisRepository } from './deciding-basis.repository.js';
import { DecisionReadModel } from './decision.read-model.js';
import { DecisionRepository } from './decision.repository.js';
import { DeliveryRepository } from './delivery.repository.js';
import { INTAKE_PARTICIPANTS_PROVIDER, IntakeParticipants } from './intake-participants.js';
import { IntakeRecordsRepository } from './intake-records.repository.js';
import { IntakeRetentionRepository } from './intake-retention.repository.js';
import { IntakeService } from './intake.service.js';
import { PreviewController } from './preview/preview.controller.js';
import { PreviewService } from './preview/preview.service.js';

/** Deciding, and the transaction that stores what was decided. */
@Module({
  imports: [
    ApiKeysModule,
    ConsentModule,
    ConversionsModule,
    EffectsModule,
    DecisionCountersModule,
    HandoffsModule,
    LeadsModule,
  ],
  controllers: [PreviewController],
  providers: [
    INTAKE_PARTICIPANTS_PROVIDER,
    IntakeParticipants,
    DeliveryRepository,
    DecisionRepository,
    DecidingBasisRepository,
    Decider,
    IntakeService,
    IntakeRecordsRepository,
    IntakeRetentionRepository,
    DecisionReadModel,
    PreviewService,
  ],
  exports: [Decider, DecisionReadModel, IntakeRecordsRepository, IntakeService],
})
export class IntakeModule {}
