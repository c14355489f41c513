import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { sql } from 'kysely';
import { Configuration } from '../../config/configuration.js';
import { Database } from '../../database/database.js';
import { Clock } from '../../shared/clock.js';

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
    const claims = await this.deleteAll(
      () => sql`
        delete from delivery_claim where ctid in (
          select ctid from delivery_claim where expires_at <= ${now} limit ${BATCH} for update skip locked
        )`,
    );
    const bodies = await this.deleteAll(
      () => sql`
        delete from delivery where ctid in (
          select ctid from delivery where received_at < ${keepFrom} and state <> 'failed'
          limit ${BATCH} for update skip locked
        )`,
    );
    return claims + bodies;
  }

  private async deleteAll(statement: () => ReturnType<typeof sql>): Promise<number> {
    let total = 0;
    for (;;) {
      const { numAffectedRows = 0n } = await statement().execute(this.database.kysely);
      total += Number(numAffectedRows);
      if (numAffectedRows < BigInt(BATCH)) return total;
    }
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
