import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Database } from '../../database/database.js';
import { Clock } from '../../shared/clock.js';
import { BoundedRead } from '../../telemetry/bounded-read.js';
import { down, up, type CheckResult } from '../check-result.js';
import type { HealthIndicator } from '../health-indicator.js';

const LIMITS = { limitMs: 1_500, ttlMs: 2_000 };

/** Down when the database does not answer: without it a lead can be neither stored nor decided. */
@Injectable()
export class DatabaseIndicator implements HealthIndicator {
  private readonly probe: BoundedRead<unknown>;

  constructor(database: Database, clock: Clock) {
    this.probe = new BoundedRead(() => sql`select 1`.execute(database.kysely), LIMITS, clock);
  }

  async check(): Promise<CheckResult> {
    const reading = await this.probe.read();
    return reading.fresh ? up() : down(reading.reason);
  }
}
