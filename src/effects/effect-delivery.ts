import { Inject, Injectable } from '@nestjs/common';
import type { Disposition } from './disposition.js';
import { EFFECT_HANDLERS, type EffectHandler } from './effect-handler.js';
import type { ClaimedLane, StoredEffect } from './claimed-lane.js';

/** Finds the handler of an effect's kind. */
@Injectable()
export class EffectDelivery {
  private readonly handlers: ReadonlyMap<string, EffectHandler>;

  constructor(@Inject(EFFECT_HANDLERS) handlers: readonly EffectHandler[]) {
    this.handlers = new Map(
      handlers.flatMap((handler) => handler.kinds.map((kind) => [kind, handler] as const)),
    );
  }

  async deliver(lane: ClaimedLane, effect: StoredEffect): Promise<Disposition> {
    const handler = this.handlers.get(effect.payload.kind);
    // A newer replica may store kinds that this one does not know: leave them to it.
    if (handler === undefined)
      return { kind: 'retry', error: `no handler of ${effect.payload.kind}`, cause: 'away' };
    return handler.deliver(lane, effect, effect.payload);
  }
}
