import { Injectable, Logger } from '@nestjs/common';
import { isDatabaseAway } from '../database/database-errors.js';
import { Clock } from '../shared/clock.js';
import { holdsLane, progressOf, type Disposition, type HoldingDisposition } from './disposition.js';
import { EffectDelivery } from './effect-delivery.js';
import type { ClaimedLane, EffectProgress, LaneProgress, StoredEffect } from './claimed-lane.js';
import { backoffMs, GIVE_UP_AFTER_MS } from './retry-policy.js';

/** How long an effect that the CRM answers with 5xx is repeated before it is quarantined. */
const MAX_ATTEMPTS = 40;
/** How soon an open question about a message is looked into again. */
const DOUBT_RETRY_MS = 5_000;

/** Works one claimed lane off, in order, up to the first effect that the later ones have to wait for. */
@Injectable()
export class LaneRunner {
  private readonly logger = new Logger(LaneRunner.name);

  constructor(
    private readonly delivery: EffectDelivery,
    private readonly clock: Clock,
  ) {}

  /** @param mayGoOn asked before each effect: the lease must outlive the last call, and a stop must not wait */
  async run(lane: ClaimedLane, mayGoOn: () => boolean): Promise<LaneProgress> {
    const effects: EffectProgress[] = [];
    for (const effect of lane.effects) {
      if (!mayGoOn()) break;
      const disposition = this.quarantine(effect, await this.attempt(lane, effect));
      const now = this.clock.now();
      effects.push(
        progressOf(effect, disposition, { attempted: attemptsMade(effect, disposition), now }),
      );
      this.log(lane, effect, disposition);
      if (holdsLane(disposition)) return { lane, effects, ...this.hold(lane, effect, disposition) };
    }
    return { lane, effects, failures: 0, retryAt: null, limitedUntil: null };
  }

  private async attempt(lane: ClaimedLane, effect: StoredEffect): Promise<Disposition> {
    try {
      return await this.delivery.deliver(lane, effect);
    } catch (error) {
      return this.fault(effect, error);
    }
  }

  /** The database away is nobody's fault and ends by itself; anything else is ours. */
  private fault(effect: StoredEffect, error: unknown): Disposition {
    const isAway = isDatabaseAway(error);
    if (!isAway) this.logger.error({ event: 'effect.fault', effect_id: effect.effectId, error });
    const reason = isAway ? 'database away' : 'internal fault';
    if (effect.state === 'pending') {
      return { kind: 'retry', error: reason, cause: isAway ? 'away' : 'failed' };
    }
    // It may have left: looking again is harmless, sending again is not.
    const doubtMs = this.clock.now().getTime() - (effect.startedAt ?? effect.createdAt).getTime();
    return { kind: doubtMs > GIVE_UP_AFTER_MS ? 'uncertain' : 'in_doubt', error: reason };
  }

  /** An effect that has failed too long makes way for the ones behind it; waiting for one's turn is no failure. */
  private quarantine(effect: StoredEffect, disposition: Disposition): Disposition {
    if (disposition.kind !== 'retry' || disposition.cause === 'limited') return disposition;
    const failingMs = this.clock.now().getTime() - (effect.firstFailedAt?.getTime() ?? Infinity);
    const { maxAttempts = MAX_ATTEMPTS } = disposition;
    const tooOften = disposition.cause === 'failed' && effect.attempts + 1 >= maxAttempts;
    return failingMs > GIVE_UP_AFTER_MS || tooOften
      ? { kind: 'dead', error: `given up: ${disposition.error}` }
      : disposition;
  }

  private hold(
    lane: ClaimedLane,
    effect: StoredEffect,
    disposition: HoldingDisposition,
  ): Pick<LaneProgress, 'failures' | 'retryAt' | 'limitedUntil'> {
    const isLimited = disposition.kind === 'retry' && disposition.cause === 'limited';
    const failures = lane.failures + (isLimited ? 0 : 1);
    const backoff = backoffMs(Math.max(failures, 1), Math.random());
    const leastMs = disposition.kind === 'in_doubt' ? DOUBT_RETRY_MS : 0;
    const waitMs = disposition.afterMs ?? Math.max(leastMs, backoff);
    const retryAt = new Date(this.clock.now().getTime() + waitMs);
    // A hook waits for its own receiver, not for the CRM.
    const isCrmLimit = isLimited && effect.payload.kind !== 'call_hook';
    return { failures, retryAt, limitedUntil: isCrmLimit ? retryAt : null };
  }

  private log(lane: ClaimedLane, effect: StoredEffect, disposition: Disposition): void {
    if (disposition.kind === 'delivered') return;
    // Waiting for one's turn is how the rate limit works: nothing to look at.
    const isRoutine = disposition.kind === 'retry' && disposition.cause === 'limited';
    this.logger[isRoutine ? 'debug' : 'warn']({
      event: `effect.${disposition.kind}`,
      effect_id: effect.effectId,
      kind: effect.payload.kind,
      location_id: lane.locationId,
      contact_id: lane.contactId,
      ...('error' in disposition ? { reason: disposition.error } : {}),
      ...('reason' in disposition ? { reason: disposition.reason } : {}),
    });
  }
}

/** What the round counts as an attempt: not the wait for one's turn, and not looking a message up. */
function attemptsMade(effect: StoredEffect, disposition: Disposition): number {
  if (disposition.kind === 'waiting' || disposition.kind === 'postponed') return 0;
  if (disposition.kind === 'retry' && disposition.cause === 'limited') return 0;
  return effect.state === 'sending' ? 0 : 1;
}
