import { Module, type DynamicModule } from '@nestjs/common';
import { ConversionLoop } from './conversion-loop.js';
import { ConversionStore } from './conversion-store.js';
import { CallHookHandler } from './hooks/call-hook.handler.js';
import { CrmWriteback } from './hooks/crm-writeback.hook.js';
import { DECISION_HOOKS, type DecisionHook } from './hooks/decision-hook.js';
import { FollowUpControl } from './hooks/follow-up-control.hook.js';
import { HookClient } from './hooks/hook-client.js';
import { HookEndpoint, hookEndpoint, type HookEndpointOptions } from './hooks/hook-endpoint.js';
import { OutboundWebhook } from './hooks/outbound-webhook.hook.js';
import { OutcomeMappingRepository } from './mappings/outcome-mapping.repository.js';
import { OutcomeMappingService } from './mappings/outcome-mapping.service.js';
import { OutcomeMappings } from './mappings/outcome-mappings.js';
import { OutcomeMappingsController } from './mappings/outcome-mappings.controller.js';
import { UnmappedStatusReadModel } from './mappings/unmapped-status.read-model.js';
import { UnmappedStatusRepository } from './mappings/unmapped-status.repository.js';
import { MilestoneRepository } from './milestones/milestone.repository.js';
import { OutcomeRepository } from './standing/outcome.repository.js';

/** A further decision hook is a class added to this list. In order: the CRM is written before anybody is told. */
const HOOKS = [CrmWriteback, FollowUpControl, OutboundWebhook];

/** What became of leads, and what follows from it. Global: deciding asks it, and the effects' worker calls its hooks. */
@Module({})
export class ConversionsModule {
  static forRoot(options: HookEndpointOptions): DynamicModule {
    return {
      module: ConversionsModule,
      global: true,
      controllers: [OutcomeMappingsController],
      providers: [
        ...HOOKS,
        {
          provide: DECISION_HOOKS,
          inject: HOOKS,
          useFactory: (...hooks: DecisionHook[]) => hooks,
        },
        { provide: HookEndpoint, useFactory: () => hookEndpoint(options) },
        HookClient,
        CallHookHandler,
        OutcomeRepository,
        MilestoneRepository,
        UnmappedStatusRepository,
        UnmappedStatusReadModel,
        OutcomeMappingRepository,
        OutcomeMappings,
        OutcomeMappingService,
        ConversionLoop,
        ConversionStore,
      ],
      exports: [ConversionLoop, ConversionStore, CallHookHandler],
    };
  }
}
