import { Injectable, Logger } from '@nestjs/common';
import { Transactions, type DatabaseTransaction } from '../database/transactions.js';
import type { Disposition } from '../effects/disposition.js';
import type { EffectPayload } from '../effects/effect.js';
import type { EffectHandler } from '../effects/effect-registry.js';
import { EffectRepository } from '../effects/effect.repository.js';
import type { LaneHold, StoredEffect } from '../effects/claimed-lane.js';
import { GrowthCounterRepository } from '../growth/counters/growth-counter.repository.js';
import { incrementsOf } from '../growth/growth-ledger.js';
import { LocationSettings } from '../settings/location-settings.js';
import { Clock } from '../shared/clock.js';
import type { Handoff } from './handoff.js';
import { breachEffects, requestsOf } from './handoff-effects.js';
import { HandoffRepository } from './handoff.repository.js';

const KINDS = ['handoff_deadline'] as const;
/** The feature under which breaches are counted, and their event. */
const FEATURE = 'sla_handoff_thresholds';
const BREACHED_EVENT = 'handoff_breached';

/** A deadline that nobody kept: recorded, counted, announced and given to the next user, all or nothing. */
@Injectable()
export class HandoffBreach {
  constructor(
    private readonly handoffs: HandoffRepository,
    private readonly effects: EffectRepository,
    private readonly counters: GrowthCounterRepository,
    private readonly settings: LocationSettings,
  ) {}

  /** @returns false, having done nothing, when somebody came in time or when it was recorded before */
  async record(trx: DatabaseTransaction, handoffId: number, at: Date): Promise<boolean> {
    const handoff = await this.handoffs.breach(trx, handoffId, at);
    if (handoff === undefined) return false;
    // Taken after the deadline and before this timer ran: recorded, but nobody is chased any more.
    if (handoff.state === 'open') await this.passOn(trx, handoff, at);
    await this.counters.add(trx, incrementsOf(FEATURE, [BREACHED_EVENT]));
    return true;
  }

  private async passOn(trx: DatabaseTransaction, handoff: Handoff, at: Date): Promise<void> {
    const { handoff: options, profile } = await this.settings.of(handoff.locationId);
    const next = nextUser(options.userIds, handoff.assignedTo);
    if (next !== null) await this.handoffs.reassign(trx, handoff.handoffId, next);
    const drafts = breachEffects(handoff, next, at, { ...options, timezone: profile.timezone });
    await this.effects.enqueue(trx, requestsOf(handoff, 'breach', drafts), at);
  }
}

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

/** Who comes after the one who did not come; null when there is nobody else. */
export function nextUser(userIds: readonly string[], current: string | null): string | null {
  const position = current === null ? -1 : userIds.indexOf(current);
  const next = userIds[(position + 1) % userIds.length] ?? null;
  return next === current ? null : next;
}
