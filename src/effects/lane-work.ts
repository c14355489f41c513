import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../shared/clock.js';
import type { ClaimedLane } from './claimed-lane.js';
import { EffectCompletion } from './effect-completion.js';
import { LaneRepository } from './lane.repository.js';
import { LaneRunner } from './lane-runner.js';
import { LEASE_MARGIN_MS, LEASE_MS } from './lease.js';

/** One lane from its claim to its record. */
@Injectable()
export class LaneWork {
  private readonly logger = new Logger(LaneWork.name);

  constructor(
    private readonly lanes: LaneRepository,
    private readonly runner: LaneRunner,
    private readonly completion: EffectCompletion,
    private readonly clock: Clock,
  ) {}

  claim(limit: number, busyAt: (now: Date) => readonly string[]): Promise<ClaimedLane[]> {
    const now = this.clock.now();
    const leaseUntil = new Date(now.getTime() + LEASE_MS);
    return this.lanes.claim({ limit, now, leaseUntil, busyLocations: busyAt(now) });
  }

  /**
   * Never throws.
   *
   * @param isStopping no new effect is begun once this is true
   * @returns until when the CRM's limit keeps this location waiting; null when it does not
   */
  async run(lane: ClaimedLane, isStopping: () => boolean): Promise<Date | null> {
    const stopAt = this.clock.now().getTime() + LEASE_MS - LEASE_MARGIN_MS;
    const mayGoOn = (): boolean => !isStopping() && this.clock.now().getTime() < stopAt;
    try {
      const progress = await this.runner.run(lane, mayGoOn);
      await this.completion.complete(progress);
      return progress.limitedUntil;
    } catch (error) {
      // The lease ends by itself; what is repeated then is harmless or looked up first.
      this.logger.warn({ event: 'effects.finish_failed', reason: String(error) });
      return null;
    }
  }
}
