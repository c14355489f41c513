import { Global, Module } from '@nestjs/common';
import { ConversionStore } from './conversion-store.js';
import { CallHookHandler } from './hooks/call-hook.handler.js';
import { HookClient } from './hooks/hook-client.js';
import { OutcomeMappingRepository } from './mappings/outcome-mapping.repository.js';
import { OutcomeMappingService } from './mappings/outcome-mapping.service.js';
import { OutcomeMappings } from './mappings/outcome-mappings.js';
import { OutcomeMappingsController } from './mappings/outcome-mappings.controller.js';
import { UnmappedStatusReadModel } from './mappings/unmapped-status.read-model.js';
import { UnmappedStatusRepository } from './mappings/unmapped-status.repository.js';
import { MilestoneRepository } from './milestones/milestone.repository.js';
import { OutcomeRepository } from './standing/outcome.repository.js';

/** What became of leads, and what follows from it. Global: deciding asks it, and the effects' worker calls its hooks. */
@Global()
@Module({
  controllers: [OutcomeMappingsController],
  providers: [
    HookClient,
    CallHookHandler,
    OutcomeRepository,
    MilestoneRepository,
    UnmappedStatusRepository,
    UnmappedStatusReadModel,
    OutcomeMappingRepository,
    OutcomeMappings,
    OutcomeMappingService,
    ConversionStore,
  ],
  exports: [ConversionStore, OutcomeMappings, CallHookHandler],
})
export class ConversionsModule {}
