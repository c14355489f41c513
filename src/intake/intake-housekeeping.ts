import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { Configuration } from '../config/configuration.js';
import { Database } from '../database/database.js';
import { Clock } from '../shared/clock.js';
import { ExpiredRowRepository } from './expired-row.repository.js';

const EVERY_MS = 10 * 60_000;
/** Rows deleted in one statement: short locks, whatever has piled up. */
const BATCH = 5_000;

const DAY_MS = 86_400_000;

/** Deletes at most so many rows, and says how many. */
type Sweep = (limit: number) => Promise<number>;

/** Keeps the tables bounded: claims end with their time, what holds personal data with its retention. */
@Injectable()
export class IntakeHousekeeping implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(IntakeHousekeeping.name);
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    private readonly rows: ExpiredRowRepository,
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
    const { retentionDays, historyDays } = this.configuration.webhook;
    const { kysely } = this.database;
    const daysAgo = (days: number): Date => new Date(now.getTime() - days * DAY_MS);
    const sweeps: readonly Sweep[] = [
      (limit) => this.rows.deleteExpiredClaims(kysely, now, limit),
      (limit) => this.rows.deleteReceivedBefore(kysely, daysAgo(retentionDays), limit),
      (limit) => this.rows.deleteDecidedBefore(kysely, daysAgo(historyDays), limit),
      (limit) => this.rows.deleteFinishedBefore(kysely, daysAgo(historyDays), limit),
      (limit) => this.rows.deleteIdleLanes(kysely, limit),
    ];
    let deleted = 0;
    for (const sweep of sweeps) deleted += await deleteAll(sweep);
    return deleted;
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

async function deleteAll(deleteSome: Sweep): Promise<number> {
  let total = 0;
  for (;;) {
    const deleted = await deleteSome(BATCH);
    total += deleted;
    if (deleted < BATCH) return total;
  }
}
