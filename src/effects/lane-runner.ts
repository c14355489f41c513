import { Injectable, Logger } from '@nestjs/common';
import { isDatabaseAway } from '../database/database-errors.js';
import { Clock } from '../shared/clock.js';
import { runInRequestContext } from '../telemetry/structured-logger.js';
import {
  progressOf,
  type Disposition,
  type DoubtfulDisposition,
  type HoldingDisposition,
} from './disposition.js';
import { EffectRegistry } from './effect-registry.js';
import type { ClaimedLane, EffectProgress, LaneProgress, StoredEffect } from './claimed-lane.js';
import { keepsItsOrder, withoutOvertaken } from './lane-order.js';
import { backoffMs, GIVE_UP_AFTER_MS, LEASE_MARGIN_MS, LEASE_MS } from './lane-timing.js';

/** How long an effect that the CRM answers with 5xx is repeated before it is quarantined. */
const MAX_ATTEMPTS = 40;
/** Effects carried out at most per claim: bounds how long one contact can hold a worker. */
const EFFECTS_PER_RUN = 20;
/** How soon an open question about a message is looked into again. */
const DOUBT_RETRY_MS = 5_000;

interface Doubted {
  readonly effect: StoredEffect;
  readonly disposition: DoubtfulDisposition;
}

/**
 * Works one claimed lane off, in order, up to the first effect that has to be tried again. Where
 * nobody knows whether one was carried out, only later ones of its own sort wait for the answer.
 */
@Injectable()
export class LaneRunner {
  private readonly logger = new Logger(LaneRunner.name);

  constructor(
    private readonly registry: EffectRegistry,
    private readonly clock: Clock,
  ) {}

  /** @param isStopping no new effect is begun once this is true, nor one that the lease might not outlive */
  async run(lane: ClaimedLane, isStopping: () => boolean): Promise<LaneProgress> {
    const stopAtMs = this.clock.now().getTime() + LEASE_MS - LEASE_MARGIN_MS;
    const effects: EffectProgress[] = [];
    const doubts: Doubted[] = [];
    for (const effect of withoutOvertaken(lane).slice(0, EFFECTS_PER_RUN)) {
      if (isStopping() || this.clock.now().getTime() >= stopAtMs) break;
      if (doubts.some((doubt) => keepsItsOrder(doubt.effect, effect))) continue;
      const disposition = await this.carryOut(lane, effect);
      const now = this.clock.now();
      effects.push(
        progressOf(effect, disposition, { attempted: attemptsMade(effect, disposition), now }),
      );
      if (disposition.kind === 'in_doubt') doubts.push({ effect, disposition });
      if (disposition.kind === 'retry') {
        const held = this.hold(lane, effect, disposition);
        return { lane, effects, ...held, retryAt: this.nextLook(doubts, held.retryAt) };
      }
    }
    const retryAt = this.nextLook(doubts, null);
    return { lane, effects, failures: 0, retryAt, limitedUntil: null };
  }

  /** What is in doubt is looked after in time, whatever else the lane has to wait for. */
  private nextLook(doubts: readonly Doubted[], retryAt: Date | null): Date | null {
    const nowMs = this.clock.now().getTime();
    const looksMs = doubts.map(
      ({ disposition }) => nowMs + (disposition.afterMs ?? DOUBT_RETRY_MS),
    );
    const earliestMs = Math.min(...looksMs, retryAt?.getTime() ?? Infinity);
    return earliestMs === Infinity ? null : new Date(earliestMs);
  }

  /** Every line logged on the way bears the ids of the effect and of its delivery. */
  private carryOut(lane: ClaimedLane, effect: StoredEffect): Promise<Disposition> {
    const { effectId, deliveryId } = effect;
    return runInRequestContext({ effectId, deliveryId }, async () => {
      const disposition = this.quarantine(effect, await this.attempt(lane, effect));
      this.log(lane, effect, disposition);
      return disposition;
    });
  }

  private async attempt(lane: ClaimedLane, effect: StoredEffect): Promise<Disposition> {
    const { kind } = effect.payload;
    const handler = this.registry.handlerOf(kind);
    // A newer replica may store kinds that this one does not know: leave them to it.
    if (handler === undefined) {
      return { kind: 'retry', error: `no handler of ${kind}`, cause: 'away' };
    }
    try {
      return await handler.deliver(lane, effect, effect.payload);
    } catch (error) {
      return this.fault(effect, error);
    }
  }

  /** The database away is nobody's fault and ends by itself; anything else is ours. */
  private fault(effect: StoredEffect, error: unknown): Disposition {
    const isAway = isDatabaseAway(error);
    if (!isAway) this.logger.error({ event: 'effect.fault', error });
    const reason = isAway ? 'database away' : 'internal fault';
    if (effect.state === 'pending') {
      return { kind: 'retry', error: reason, cause: isAway ? 'away' : 'failed' };
    }
    // It may have left: looking again is harmless, sending again is not.
    const doubtMs = this.clock.now().getTime() - (effect.startedAt ?? effect.createdAt).getTime();
    return doubtMs > GIVE_UP_AFTER_MS
      ? { kind: 'uncertain', error: reason }
      : { kind: 'in_doubt', error: reason, doubt: effect.doubt };
  }

  /** An effect that has failed too long makes way for the ones behind it; waiting for one's turn is no failure. */
  private quarantine(effect: StoredEffect, disposition: Disposition): Disposition {
    if (disposition.kind !== 'retry' || disposition.cause === 'limited') return disposition;
    const failingMs = this.clock.now().getTime() - (effect.firstFailedAt?.getTime() ?? Infinity);
    const tooOften = disposition.cause === 'failed' && effect.attempts + 1 >= MAX_ATTEMPTS;
    return failingMs > GIVE_UP_AFTER_MS || tooOften
      ? { kind: 'dead', error: `given up: ${disposition.error}` }
      : disposition;
  }

  private hold(
    lane: ClaimedLane,
    effect: StoredEffect,
    disposition: HoldingDisposition,
  ): Pick<LaneProgress, 'failures' | 'retryAt' | 'limitedUntil'> {
    const isLimited = disposition.cause === 'limited';
    const failures = lane.failures + (isLimited ? 0 : 1);
    const waitMs = disposition.afterMs ?? backoffMs(Math.max(failures, 1), Math.random());
    const retryAt = new Date(this.clock.now().getTime() + waitMs);
    // What travels beside its contact waits for its own receiver, not for the CRM.
    const isCrmLimit = isLimited && !this.isSideKind(effect.payload.kind);
    return { failures, retryAt, limitedUntil: isCrmLimit ? retryAt : null };
  }

  private isSideKind(kind: string): boolean {
    return this.registry.handlerOf(kind)?.lane !== 'contact';
  }

  private log(lane: ClaimedLane, effect: StoredEffect, disposition: Disposition): void {
    if (disposition.kind === 'delivered') return;
    // Waiting for one's turn is how the rate limit works: nothing to look at.
    const isRoutine = disposition.kind === 'retry' && disposition.cause === 'limited';
    this.logger[isRoutine ? 'debug' : 'warn']({
      event: `effect.${disposition.kind}`,
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
