import { Module, type OnModuleInit } from '@nestjs/common';
import { EffectRegistry } from '../effects/effect-registry.js';
import { EffectsModule } from '../effects/effects.module.js';
import { GrowthCountersModule } from '../growth/counters/growth-counters.module.js';
import { IntakeModule } from '../intake/intake.module.js';
import { PrivacyModule } from '../privacy/privacy.module.js';
import { LanguageModel } from './language-model.js';
import { ModelUseRepository } from './model-use.repository.js';
import { ReadAgainHandler } from './read-again.handler.js';
import { ReadingDoor } from './reading-door.js';

/** What the growth feature `llm_reading` has done: messages read again by a language model. */
@Module({
  imports: [EffectsModule, GrowthCountersModule, IntakeModule, PrivacyModule],
  providers: [LanguageModel, ModelUseRepository, ReadingDoor, ReadAgainHandler],
})
export class LanguageModelReadingModule implements OnModuleInit {
  constructor(
    private readonly effects: EffectRegistry,
    private readonly readings: ReadAgainHandler,
  ) {}

  onModuleInit(): void {
    this.effects.register(this.readings);
  }
}
