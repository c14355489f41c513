import { Module, type OnModuleInit } from '@nestjs/common';
import { GrowthCountersModule } from '../growth/counters/growth-counters.module.js';
import { ApiKeysModule } from '../http/api-keys/api-keys.module.js';
import { EffectRegistry } from '../effects/effect-registry.js';
import { EffectsModule } from '../effects/effects.module.js';
import { HandoffBreach, HandoffDeadlineHandler } from './handoff-deadline.handler.js';
import { HandoffHold } from './handoff-hold.js';
import { HandoffReadModel } from './handoff.read-model.js';
import { HandoffStore } from './handoff-store.js';
import { HandoffRecordsRepository } from './handoff-records.repository.js';
import { HandoffRepository } from './handoff.repository.js';
import { HandoffsController } from './handoffs.controller.js';
import { HandoffsService } from './handoffs.service.js';

/**
 * Global: intake opens and acknowledges handoffs. The effects are told of their timers, and that an
 * open one holds automatic messages back.
 */
@Module({
  imports: [ApiKeysModule, EffectsModule, GrowthCountersModule],
  controllers: [HandoffsController],
  providers: [
    HandoffRecordsRepository,
    HandoffRepository,
    HandoffReadModel,
    HandoffStore,
    HandoffHold,
    HandoffBreach,
    HandoffDeadlineHandler,
    HandoffsService,
  ],
  exports: [HandoffRecordsRepository, HandoffStore],
})
export class HandoffsModule implements OnModuleInit {
  constructor(
    private readonly effects: EffectRegistry,
    private readonly deadlines: HandoffDeadlineHandler,
    private readonly hold: HandoffHold,
  ) {}

  onModuleInit(): void {
    this.effects.register(this.deadlines);
    this.effects.addHold(this.hold);
  }
}
