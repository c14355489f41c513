import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { isPassingTrouble } from '../database/database-errors.js';
import { Transactions } from '../database/transactions.js';
import { leadKeyText } from '../leads/lead-key.js';
import { Clock } from '../shared/clock.js';
import { GroupCommit } from '../shared/group-commit.js';
import type { ClaimedLane, LaneProgress } from './claimed-lane.js';
import { EffectRegistry, type DeliveredEffect } from './effect-registry.js';
import { EffectRepository, type EffectRequest } from './effect.repository.js';
import { LEASE_MS } from './lane-timing.js';
import { LaneRepository } from './lane.repository.js';

/** Lanes recorded in one transaction. */
const MAX_LANES = 64;
/** Waits before another try while the database is away; together well within a lease. */
const RETRY_DELAYS_MS = [250, 1_000, 3_000];

/**
 * Takes lanes for a time, and gives them back with what was done: lanes that finish together share a
 * commit, and what others want to know of delivered effects is part of it.
 */
@Injectable()
export class LaneLeases {
  private readonly logger = new Logger(LaneLeases.name);
  private readonly commits: GroupCommit<LaneProgress, undefined>;

  constructor(
    private readonly lanes: LaneRepository,
    private readonly registry: EffectRegistry,
    private readonly transactions: Transactions,
    private readonly effects: EffectRepository,
    private readonly clock: Clock,
  ) {
    this.commits = new GroupCommit({
      maxItems: MAX_LANES,
      gathersTurn: true,
      keysOf: ({ lane }) => [leadKeyText(lane)],
      isDivisible: (error) => !isPassingTrouble(error),
      flush: async (batch) => {
        await this.record(batch, true);
        return batch.map(() => undefined);
      },
    });
  }

  claim(limit: number, busyAt: (now: Date) => readonly string[]): Promise<ClaimedLane[]> {
    const now = this.clock.now();
    const leaseUntil = new Date(now.getTime() + LEASE_MS);
    return this.lanes.claim({ limit, now, leaseUntil, busyLocations: busyAt(now) });
  }

  /** @throws while the database stays away: the lease then ends by itself, and what is repeated is looked up first */
  async complete(progress: LaneProgress): Promise<void> {
    try {
      await whileItPasses(() => this.commits.submit(progress));
    } catch (error) {
      if (isPassingTrouble(error)) throw error;
      await this.completeUnrecorded(progress, error);
    }
  }

  /** What was sent must not be sent again because it cannot be counted: growth fails open. */
  private async completeUnrecorded(progress: LaneProgress, cause: unknown): Promise<void> {
    const { locationId, contactId } = progress.lane;
    this.logger.error({
      event: 'effects.delivery_unrecorded',
      location_id: locationId,
      contact_id: contactId,
      error: cause,
    });
    await whileItPasses(() => this.record([progress], false));
  }

  private async record(batch: readonly LaneProgress[], withRecorders: boolean): Promise<void> {
    const now = this.clock.now();
    await this.transactions.inPipeline(async (transaction) => {
      const { result: written, writes } = await this.lanes.finish(transaction, batch, now);
      const delivered = written.flatMap((progress) => deliveredEffects(progress, now));
      for (const recorder of withRecorders ? this.registry.recorders : []) {
        await recorder.recordDelivered(transaction, delivered);
      }
      const instead = this.effects.enqueuing(written.flatMap(requestsInstead), now);
      return { result: undefined, writes: [...writes, ...instead] };
    });
  }
}

async function whileItPasses(work: () => Promise<unknown>): Promise<void> {
  for (const waitMs of RETRY_DELAYS_MS) {
    try {
      await work();
      return;
    } catch (error) {
      if (!isPassingTrouble(error)) throw error;
      await delay(waitMs);
    }
  }
  await work();
}

/** Within the lanes that are held: no other lock is taken. */
function requestsInstead({ lane, effects }: LaneProgress): EffectRequest[] {
  const { locationId, contactId } = lane;
  return effects.flatMap(({ effectId, instead }) => {
    if (instead === null) return [];
    const stored = lane.effects.find((effect) => effect.effectId === effectId);
    const occasion = `uncertain:${effectId}:${stored?.startedAt?.getTime() ?? 0}`;
    const { deliveryId = null } = stored ?? {};
    const origin = deliveryId === null ? occasion : `${deliveryId}@${occasion}`;
    return [{ locationId, contactId, origin, draft: instead }];
  });
}

function deliveredEffects({ lane, effects }: LaneProgress, deliveredAt: Date): DeliveredEffect[] {
  const { locationId, contactId } = lane;
  const delivered = new Set(
    effects.filter(({ state }) => state === 'delivered').map(({ effectId }) => effectId),
  );
  return lane.effects
    .filter(({ effectId }) => delivered.has(effectId))
    .map(({ effectId, payload, createdAt }) => ({
      locationId,
      contactId,
      effectId,
      payload,
      createdAt,
      deliveredAt,
    }));
}
