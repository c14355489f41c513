import { Module, type OnModuleInit } from '@nestjs/common';
import { ApiKeysModule } from '../http/api-keys/api-keys.module.js';
import { EffectRegistry } from '../effects/effect-registry.js';
import { EffectsModule } from '../effects/effects.module.js';
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

/** What became of leads, and what follows from it. */
@Module({
  imports: [ApiKeysModule, EffectsModule],
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
  exports: [ConversionStore, OutcomeMappings],
})
export class ConversionsModule implements OnModuleInit {
  constructor(
    private readonly effects: EffectRegistry,
    private readonly hookCalls: CallHookHandler,
  ) {}

  onModuleInit(): void {
    this.effects.register(this.hookCalls);
  }
}
