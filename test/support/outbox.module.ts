import { Module } from '@nestjs/common';
import { EffectRegistry } from '../../src/effects/effect-registry.js';
import { EffectRepository } from '../../src/effects/effect.repository.js';

const OUTBOX = [EffectRegistry, EffectRepository];

/** In place of `EffectsModule`: effects can be stored, and nobody delivers them. */
@Module({ providers: OUTBOX, exports: OUTBOX })
export class OutboxModule {}
