import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { isPassingTrouble } from '../database/database-errors.js';
import { Transactions } from '../database/transactions.js';
import { deliveredExposures } from '../experiments/exposures/delivered-exposures.js';
import type { Exposure } from '../experiments/exposures/exposure.repository.js';
import { Exposures } from '../experiments/exposures/exposures.service.js';
import { Clock } from '../shared/clock.js';
import { GroupCommit } from '../shared/group-commit.js';
import type { LaneProgress } from './claimed-lane.js';
import { LaneRepository } from './lane.repository.js';

/** Lanes recorded in one transaction. */
const MAX_LANES = 32;
/** Waits before another try while the database is away; together well within a lease. */
const RETRY_DELAYS_MS = [250, 1_000, 3_000];

/** Records what workers did: lanes that finish together share a commit, exposures are part of it. */
@Injectable()
export class EffectCompletion {
  private readonly logger = new Logger(EffectCompletion.name);
  private readonly commits: GroupCommit<LaneProgress, undefined>;

  constructor(
    private readonly lanes: LaneRepository,
    private readonly exposures: Exposures,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {
    this.commits = new GroupCommit({
      maxItems: MAX_LANES,
      isDivisible: (error) => !isPassingTrouble(error),
      flush: async (batch) => {
        await this.record(batch, true);
        return batch.map(() => undefined);
      },
    });
  }

  /** @throws while the database stays away: the lease then ends by itself, and what is repeated is looked up first */
  async complete(progress: LaneProgress): Promise<void> {
    try {
      await whileItPasses(() => this.commits.submit(progress));
    } catch (error) {
      if (isPassingTrouble(error)) throw error;
      await this.completeWithoutExposures(progress, error);
    }
  }

  /** What was sent must not be sent again because it cannot be counted: growth fails open. */
  private async completeWithoutExposures(progress: LaneProgress, cause: unknown): Promise<void> {
    const { locationId, contactId } = progress.lane;
    this.logger.error({
      event: 'effects.exposure_lost',
      location_id: locationId,
      contact_id: contactId,
      error: cause,
    });
    await whileItPasses(() => this.record([progress], false));
  }

  private async record(batch: readonly LaneProgress[], withExposures: boolean): Promise<void> {
    const now = this.clock.now();
    await this.transactions.inTransaction(async (trx) => {
      const written = await this.lanes.finish(trx, batch, now);
      if (!withExposures) return;
      await this.exposures.record(
        trx,
        written.flatMap((progress) => exposuresOf(progress, now)),
      );
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

/** Variants shown by the messages that the CRM has just accepted, or was found to have accepted. */
function exposuresOf({ lane, effects }: LaneProgress, deliveredAt: Date): readonly Exposure[] {
  const { locationId, contactId } = lane;
  const delivered = new Set(
    effects.filter(({ state }) => state === 'delivered').map(({ effectId }) => effectId),
  );
  return lane.effects
    .filter(({ effectId }) => delivered.has(effectId))
    .flatMap(({ effectId, payload, createdAt }) =>
      deliveredExposures({ locationId, contactId, effectId, payload, createdAt, deliveredAt }),
    );
}
