import { Module, type OnModuleInit } from '@nestjs/common';
import { ApiKeysModule } from '../http/api-keys/api-keys.module.js';
import { EffectRegistry } from '../effects/effect-registry.js';
import { EffectsModule } from '../effects/effects.module.js';
import { ConversionRecordsRepository } from './conversion-records.repository.js';
import { ConversionRepository } from './conversion.repository.js';
import { CallHookHandler } from './hooks/call-hook.handler.js';
import { HookClient } from './hooks/hook-client.js';
import { OutcomeMappingRepository } from './mappings/outcome-mapping.repository.js';
import { OutcomeMappings } from './mappings/outcome-mappings.js';
import { OutcomeMappingsController } from './mappings/outcome-mappings.controller.js';

/** What became of leads, and what follows from it. */
@Module({
  imports: [ApiKeysModule, EffectsModule],
  controllers: [OutcomeMappingsController],
  providers: [
    HookClient,
    CallHookHandler,
    ConversionRecordsRepository,
    ConversionRepository,
    OutcomeMappingRepository,
    OutcomeMappings,
  ],
  exports: [ConversionRecordsRepository, ConversionRepository, OutcomeMappings],
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
