import { Module, type DynamicModule } from '@nestjs/common';
import { HandoffBreach } from './handoff-breach.js';
import { HandoffDeadlineHandler } from './handoff-deadline.handler.js';
import { HandoffDesk } from './handoff-desk.js';
import { HandoffHold } from './handoff-hold.js';
import { HandoffOptions } from './handoff-options.js';
import { HandoffOutbox } from './handoff-outbox.js';
import { HandoffPlanner } from './handoff-planner.js';
import { HandoffReadModel } from './handoff.read-model.js';
import { HandoffStore } from './handoff-store.js';
import { HandoffRepository } from './handoff.repository.js';
import { HandoffsController } from './handoffs.controller.js';
import { HandoffsService } from './handoffs.service.js';

/**
 * Global: intake opens and acknowledges handoffs, the effects' workers run their timers, the sending
 * rules ask whether one is open. Needs the global modules of database, effects, telemetry and clock.
 */
@Module({})
export class HandoffsModule {
  static forRoot(options: HandoffOptions): DynamicModule {
    return {
      module: HandoffsModule,
      global: true,
      controllers: [HandoffsController],
      providers: [
        { provide: HandoffOptions, useValue: options },
        HandoffRepository,
        HandoffReadModel,
        HandoffPlanner,
        HandoffOutbox,
        HandoffStore,
        HandoffHold,
        HandoffBreach,
        HandoffDeadlineHandler,
        HandoffDesk,
        HandoffsService,
      ],
      exports: [HandoffOptions, HandoffStore, HandoffHold, HandoffDeadlineHandler],
    };
  }
}
