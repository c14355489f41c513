import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { Configuration } from '../../config/configuration.js';
import { Database } from '../../database/database.js';
import { Clock } from '../../shared/clock.js';
import { DeliveryRepository } from './delivery.repository.js';

const EVERY_MS = 10 * 60_000;
/** Rows deleted in one statement: short locks, whatever has piled up. */
const BATCH = 5_000;

/** Keeps intake's tables bounded: claims end with their time, bodies (which hold personal data) with the retention. */
@Injectable()
export class IntakeHousekeeping implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(IntakeHousekeeping.name);
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    private readonly deliveries: DeliveryRepository,
    private readonly configuration: Configuration,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.sweepQuietly(), EVERY_MS);
    this.timer.unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /** @returns rows deleted */
  async sweep(): Promise<number> {
    const now = this.clock.now();
    const keepFrom = new Date(
      now.getTime() - this.configuration.webhook.retentionDays * 86_400_000,
    );
    const { kysely } = this.database;
    const claims = await deleteAll((limit) =>
      this.deliveries.deleteExpiredClaims(kysely, now, limit),
    );
    const bodies = await deleteAll((limit) =>
      this.deliveries.deleteReceivedBefore(kysely, keepFrom, limit),
    );
    return claims + bodies;
  }

  private async sweepQuietly(): Promise<void> {
    try {
      await this.sweep();
    } catch (error) {
      // The next round comes.
      this.logger.warn({ event: 'intake.sweep_failed', reason: String(error) });
    }
  }
}

async function deleteAll(deleteSome: (limit: number) => Promise<number>): Promise<number> {
  let total = 0;
  for (;;) {
    const deleted = await deleteSome(BATCH);
    total += deleted;
    if (deleted < BATCH) return total;
  }
}
