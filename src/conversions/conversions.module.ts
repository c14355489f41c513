import { Global, Module } from '@nestjs/common';
import { ConversionRepository } from './conversion.repository.js';
import { CallHookHandler } from './hooks/call-hook.handler.js';
import { HookClient } from './hooks/hook-client.js';
import { OutcomeMappingRepository } from './mappings/outcome-mapping.repository.js';
import { OutcomeMappings } from './mappings/outcome-mappings.js';
import { OutcomeMappingsController } from './mappings/outcome-mappings.controller.js';

/** What became of leads, and what follows from it. Global: deciding asks it, and the effects' worker calls its hooks. */
@Global()
@Module({
  controllers: [OutcomeMappingsController],
  providers: [
    HookClient,
    CallHookHandler,
    ConversionRepository,
    OutcomeMappingRepository,
    OutcomeMappings,
  ],
  exports: [ConversionRepository, OutcomeMappings, CallHookHandler],
})
export class ConversionsModule {}
