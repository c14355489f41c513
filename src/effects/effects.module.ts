import { Global, Module } from '@nestjs/common';
import { CallHookHandler } from '../conversions/hooks/call-hook.handler.js';
import { HandoffDeadlineHandler } from '../handoffs/handoff-deadline.handler.js';
import { EffectsStatus } from './effects-status.js';
import { LeadsModule } from '../leads/leads.module.js';
import { EffectDelivery } from './effect-delivery.js';
import { EFFECT_HANDLERS, type EffectHandler } from './effect-handler.js';
import { EffectCompletion } from './effect-completion.js';
import { EffectsRecovery } from './effects-recovery.js';
import { EffectRepository } from './effect.repository.js';
import { EffectReadModel } from './effect.read-model.js';
import { EffectReplayRepository } from './effect-replay.repository.js';
import { EffectReplayService } from './effect-replay.service.js';
import { EffectRetentionRepository } from './effect-retention.repository.js';
import { EffectsController } from './effects.controller.js';
import { EffectsStatusReadModel } from './effects-status.read-model.js';
import { EffectsWorker } from './effects.worker.js';
import { CrmWriteHandler } from './handlers/crm-write.handler.js';
import { MessageSender } from './handlers/message-sender.js';
import { MessageHandler } from './handlers/message.handler.js';
import { LaneWork } from './lane-work.js';
import { LaneRunner } from './lane-runner.js';
import { LaneRepository } from './lane.repository.js';
import { WaitingEffectRepository } from './waiting-effect.repository.js';
import { LeadSuppression } from './sending/lead-suppression.js';
import { SendingRules } from './sending/sending-rules.js';

const OWN_HANDLERS = [CrmWriteHandler, MessageHandler];
/** A new kind of effect is a handler added to this list. */
const HANDLERS = [...OWN_HANDLERS, HandoffDeadlineHandler, CallHookHandler];

/** Global: intake stores effects, health reads where they stand. */
@Global()
@Module({
  imports: [LeadsModule],
  providers: [
    ...OWN_HANDLERS,
    {
      provide: EFFECT_HANDLERS,
      inject: HANDLERS,
      useFactory: (...handlers: EffectHandler[]) => handlers,
    },
    { provide: EffectsStatus, useClass: EffectsStatusReadModel },
    EffectRepository,
    LaneRepository,
    SendingRules,
    LeadSuppression,
    MessageSender,
    EffectDelivery,
    LaneRunner,
    LaneWork,
    EffectCompletion,
    WaitingEffectRepository,
    EffectsRecovery,
    EffectsWorker,
    EffectRetentionRepository,
    EffectReadModel,
    EffectReplayRepository,
    EffectReplayService,
  ],
  controllers: [EffectsController],
  exports: [EffectReadModel, EffectRepository, LaneRepository, EffectsStatus],
})
export class EffectsModule {}
