import { Module, type OnModuleInit } from '@nestjs/common';
import { ConsentModule } from '../consent/consent.module.js';
import { CrmModule } from '../crm/crm.module.js';
import { ApiKeysModule } from '../http/api-keys/api-keys.module.js';
import { LeadsModule } from '../leads/leads.module.js';
import { PrivacyModule } from '../privacy/privacy.module.js';
import { AnnouncedCalls } from './announced-calls.js';
import { AnnouncementRepository } from './announcement.repository.js';
import { CrmRecords } from './crm-records.js';
import { CrmWriteHandler } from './crm-write.handler.js';
import { EffectRegistry } from './effect-registry.js';
import { EffectRecordsRepository } from './effect-records.repository.js';
import { EffectReplayRepository } from './effect-replay.repository.js';
import { EffectReplayService } from './effect-replay.service.js';
import { EffectReadModel } from './effect.read-model.js';
import { EffectRepository } from './effect.repository.js';
import { EffectsController } from './effects.controller.js';
import { EffectsRecovery } from './effects-recovery.js';
import { EffectsStatusReadModel } from './effects-status.read-model.js';
import { EffectsWorker } from './effects.worker.js';
import { FinishedEffectRepository } from './finished-effect.repository.js';
import { LaneLeases } from './lane-leases.js';
import { LaneRunner } from './lane-runner.js';
import { LaneRepository } from './lane.repository.js';
import { DoNotDisturbHandler } from './sending/do-not-disturb.handler.js';
import { MessageHandler } from './sending/message.handler.js';
import { SendingDoor } from './sending/sending-door.js';
import { SendingRepository } from './sending/sending.repository.js';
import { WaitingEffectRepository } from './waiting-effect.repository.js';

/** Delivers what leaves the process. A room with kinds of its own imports this and registers their handler. */
@Module({
  imports: [ApiKeysModule, ConsentModule, CrmModule, LeadsModule, PrivacyModule],
  controllers: [EffectsController],
  providers: [
    EffectRegistry,
    EffectRepository,
    LaneRepository,
    AnnouncementRepository,
    AnnouncedCalls,
    CrmRecords,
    CrmWriteHandler,
    SendingRepository,
    SendingDoor,
    MessageHandler,
    DoNotDisturbHandler,
    LaneRunner,
    LaneLeases,
    WaitingEffectRepository,
    EffectsRecovery,
    EffectsWorker,
    FinishedEffectRepository,
    EffectsStatusReadModel,
    EffectReadModel,
    EffectRecordsRepository,
    EffectReplayRepository,
    EffectReplayService,
  ],
  exports: [
    EffectReadModel,
    EffectRecordsRepository,
    EffectRegistry,
    EffectRepository,
    EffectsStatusReadModel,
  ],
})
export class EffectsModule implements OnModuleInit {
  constructor(
    private readonly registry: EffectRegistry,
    private readonly writes: CrmWriteHandler,
    private readonly messages: MessageHandler,
    private readonly doNotDisturb: DoNotDisturbHandler,
  ) {}

  onModuleInit(): void {
    this.registry.register(this.writes);
    this.registry.register(this.messages);
    this.registry.register(this.doNotDisturb);
  }
}
