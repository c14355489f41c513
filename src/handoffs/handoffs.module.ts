import { Global, Module } from '@nestjs/common';
import { HandoffBreach, HandoffDeadlineHandler } from './handoff-deadline.handler.js';
import { HandoffHold } from './handoff-hold.js';
import { HandoffReadModel } from './handoff.read-model.js';
import { HandoffStore } from './handoff-store.js';
import { HandoffRepository } from './handoff.repository.js';
import { HandoffsController } from './handoffs.controller.js';
import { HandoffsService } from './handoffs.service.js';

/**
 * Global: intake opens and acknowledges handoffs, the effects' workers run their timers, the sending
 * rules ask whether one is open. Needs the global modules of database, effects, telemetry and clock.
 */
@Global()
@Module({
  controllers: [HandoffsController],
  providers: [
    HandoffRepository,
    HandoffReadModel,
    HandoffStore,
    HandoffHold,
    HandoffBreach,
    HandoffDeadlineHandler,
    HandoffsService,
  ],
  exports: [HandoffStore, HandoffHold, HandoffDeadlineHandler],
})
export class HandoffsModule {}
