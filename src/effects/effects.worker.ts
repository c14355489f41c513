import { setTimeout as delay } from 'node:timers/promises';
import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type BeforeApplicationShutdown,
} from '@nestjs/common';
import { DatabaseListener } from '../database/database-listener.js';
import { GroupCommit } from '../shared/group-commit.js';
import { Clock } from '../shared/clock.js';
import { WakeUp } from '../shared/wake-up.js';
import { EFFECTS_CHANNEL } from './effect.repository.js';
import type { ClaimedLane, LaneProgress } from './claimed-lane.js';
import { LaneRepository } from './lane.repository.js';
import { LaneRunner } from './lane-runner.js';

/** Lanes worked on at the same time: the CRM's own limit is far below what these can carry. */
const CONCURRENT_LANES = 32;
/** A claim ends after this time if its process dies. */
export const LEASE_MS = 45_000;
/** No new effect is begun in a lane this close to the end of its lease: a call takes at most 10 s, with its look-ups 30. */
const LEASE_MARGIN_MS = 35_000;
/** A stop waits this long for calls in flight; what is cut off is repeated or looked up after the next start. */
const STOP_WAIT_MS = 5_000;
/** Backstop for a lost notification. */
const POLL_MS = 1_000;

/** Delivers what intake has stored: claims due lanes, works them off in parallel, records the outcome. */
@Injectable()
export class EffectsWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(EffectsWorker.name);
  private readonly wakeUp = new WakeUp();
  private readonly active = new Set<Promise<void>>();
  private stopping = false;
  private stopListening: () => void = () => undefined;
  private loop: Promise<void> = Promise.resolve();
  private readonly finishes: GroupCommit<LaneProgress, undefined>;

  constructor(
    private readonly lanes: LaneRepository,
    private readonly runner: LaneRunner,
    private readonly listener: DatabaseListener,
    private readonly clock: Clock,
  ) {
    this.finishes = new GroupCommit({
      maxItems: CONCURRENT_LANES,
      isDivisible: () => false,
      flush: async (batch) => {
        await this.lanes.finish(batch, this.clock.now());
        return batch.map(() => undefined);
      },
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.lanes.recover(this.clock.now());
    this.stopListening = this.listener.listen(EFFECTS_CHANNEL, () => this.wakeUp.signal());
    this.loop = this.run();
  }

  /** Stops claiming and lets what is in flight finish. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    this.stopListening();
    this.wakeUp.signal();
    await this.loop;
    await Promise.race([
      Promise.allSettled(this.active),
      delay(STOP_WAIT_MS, undefined, { ref: false }),
    ]);
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      const claimed = await this.claimDue();
      for (const lane of claimed) this.start(lane);
      if (claimed.length === 0 || this.active.size >= CONCURRENT_LANES)
        await this.wakeUp.wait(POLL_MS);
    }
  }

  private async claimDue(): Promise<ClaimedLane[]> {
    const free = CONCURRENT_LANES - this.active.size;
    if (free <= 0) return [];
    try {
      const now = this.clock.now();
      return await this.lanes.claim(free, now, new Date(now.getTime() + LEASE_MS));
    } catch (error) {
      // The database is away: nothing is lost, the lanes wait.
      this.logger.warn({ event: 'effects.claim_failed', reason: String(error) });
      return [];
    }
  }

  private start(lane: ClaimedLane): void {
    const work = this.work(lane).finally(() => {
      this.active.delete(work);
      this.wakeUp.signal();
    });
    this.active.add(work);
  }

  private async work(lane: ClaimedLane): Promise<void> {
    const stopAt = new Date(this.clock.now().getTime() + LEASE_MS - LEASE_MARGIN_MS);
    const progress = await this.runner.run(lane, stopAt);
    try {
      await this.finishes.submit(progress);
    } catch (error) {
      // The lease ends by itself; what is repeated then is harmless or looked up first.
      this.logger.warn({ event: 'effects.finish_failed', reason: String(error) });
    }
  }
}
