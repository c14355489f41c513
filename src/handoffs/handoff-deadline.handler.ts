import { Injectable, Logger } from '@nestjs/common';
import { Transactions } from '../database/transactions.js';
import type { Disposition } from '../effects/disposition.js';
import type { EffectPayload } from '../effects/effect.js';
import type { EffectHandler } from '../effects/effect-registry.js';
import type { LaneHold, StoredEffect } from '../effects/claimed-lane.js';
import { Clock } from '../shared/clock.js';
import { HandoffBreach } from './handoff-breach.js';

const KINDS = ['handoff_deadline'] as const;

declare module '../effects/effect.js' {
  interface EffectPayloads {
    /** Due at the deadline: breaches the handoff unless somebody has taken it. */
    handoff_deadline: { readonly handoffId: number };
  }
}

/**
 * The durable timer of a handoff: an effect that is due at the deadline. Delivering it twice, after
 * a crash between the breach and its record, finds the breach recorded and does nothing.
 */
@Injectable()
export class HandoffDeadlineHandler implements EffectHandler<'handoff_deadline'> {
  readonly kinds = KINDS;
  readonly lane = 'timer:';
  private readonly logger = new Logger(HandoffDeadlineHandler.name);

  constructor(
    private readonly transactions: Transactions,
    private readonly breach: HandoffBreach,
    private readonly clock: Clock,
  ) {}

  async deliver(
    { locationId }: LaneHold,
    _effect: StoredEffect,
    { handoffId }: EffectPayload<'handoff_deadline'>,
  ): Promise<Disposition> {
    const isBreached = await this.transactions.inTransaction((trx) =>
      this.breach.record(trx, handoffId, this.clock.now()),
    );
    if (isBreached) {
      this.logger.warn({
        event: 'handoff.breached',
        handoff_id: handoffId,
        location_id: locationId,
      });
    }
    return { kind: 'delivered' };
  }
}
