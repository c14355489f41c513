import { Module, type DynamicModule, type OnModuleInit } from '@nestjs/common';
import { EffectRegistry } from '../effects/effect-registry.js';
import { EffectsModule } from '../effects/effects.module.js';
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

/** What became of leads, and what follows from it. Global: deciding asks it. */
@Module({})
export class ConversionsModule implements OnModuleInit {
  constructor(
    private readonly effects: EffectRegistry,
    private readonly hookCalls: CallHookHandler,
  ) {}

  static forRoot(options: HookEndpointOptions): DynamicModule {
    return {
      module: ConversionsModule,
      global: true,
      imports: [EffectsModule],
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
      exports: [ConversionLoop, ConversionStore],
    };
  }

  onModuleInit(): void {
    this.effects.register(this.hookCalls);
  }
}
