import { setTimeout as delay } from 'node:timers/promises';
import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type BeforeApplicationShutdown,
} from '@nestjs/common';
import { DatabaseListener } from '../database/database-listener.js';
import { WakeUp } from '../shared/wake-up.js';
import { ActiveLanes } from './active-lanes.js';
import type { ClaimedLane } from './claimed-lane.js';
import { EFFECTS_CHANNEL } from './effect.repository.js';
import { EffectsRecovery } from './effects-recovery.js';
import { LaneLeases } from './lane-leases.js';
import { LaneRunner } from './lane-runner.js';

/** A stop waits this long for calls in flight; what is cut off is repeated or looked up after the next start. */
const STOP_WAIT_MS = 5_000;
/** Backstop for a lost notification. */
const POLL_MS = 1_000;

/** Delivers what intake has stored: claims due lanes and works them off in parallel. */
@Injectable()
export class EffectsWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(EffectsWorker.name);
  private readonly wakeUp = new WakeUp();
  private readonly active = new ActiveLanes();
  private stopping = false;
  private stopListening: () => void = () => undefined;
  private loop: Promise<void> = Promise.resolve();

  constructor(
    private readonly leases: LaneLeases,
    private readonly runner: LaneRunner,
    private readonly recovery: EffectsRecovery,
    private readonly listener: DatabaseListener,
  ) {}

  onApplicationBootstrap(): void {
    this.stopListening = this.listener.listen(EFFECTS_CHANNEL, () => this.wakeUp.signal());
    this.loop = this.recovery.recover().then(() => this.run());
  }

  /** Stops claiming and lets what is in flight finish. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    this.stopListening();
    this.wakeUp.signal();
    const finished = this.loop.then(() => this.active.settled());
    await Promise.race([finished, delay(STOP_WAIT_MS, undefined, { ref: false })]);
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      const claimed = await this.claim();
      for (const lane of claimed) this.start(lane);
      if (claimed.length === 0) await this.wakeUp.wait(POLL_MS);
    }
  }

  private async claim(): Promise<readonly ClaimedLane[]> {
    const limit = this.active.room();
    if (limit === 0) return [];
    try {
      return await this.leases.claim(limit, (now) => this.active.busyLocations(now));
    } catch (error) {
      // The database is away: nothing is lost, the lanes wait.
      this.logger.warn({ event: 'effects.claim_failed', reason: String(error) });
      return [];
    }
  }

  private start(lane: ClaimedLane): void {
    // After it no longer counts: woken earlier, the loop would find no room and sleep again.
    void this.active.add(lane, this.work(lane)).finally(() => this.wakeUp.signal());
  }

  /** Never throws. */
  private async work(lane: ClaimedLane): Promise<void> {
    try {
      const progress = await this.runner.run(lane, () => this.stopping);
      await this.leases.complete(progress);
      const { limitedUntil } = progress;
      if (limitedUntil !== null) this.active.pause(lane.locationId, limitedUntil);
    } catch (error) {
      // The lease ends by itself; what is repeated then is harmless or looked up first.
      this.logger.warn({ event: 'effects.finish_failed', reason: String(error) });
    }
  }
}
