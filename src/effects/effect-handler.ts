import type { Disposition } from './disposition.js';
import type { EffectKind, EffectPayload } from './effect.js';
import type { ClaimedLane, StoredEffect } from './claimed-lane.js';

/** Carries out the effects of some kinds. Expected failures are dispositions; only faults throw. */
export interface EffectHandler<Kind extends EffectKind = EffectKind> {
  readonly kinds: readonly Kind[];
  deliver(
    lane: ClaimedLane,
    effect: StoredEffect,
    payload: EffectPayload<Kind>,
  ): Promise<Disposition>;
}

/** Injection token of the list of all handlers. */
export const EFFECT_HANDLERS = Symbol('EFFECT_HANDLERS');
