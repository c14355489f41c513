import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { ReloadedTables } from '../../database/reloaded-tables.js';
import { Clock } from '../../shared/clock.js';
import { BoundedRead } from '../../telemetry/bounded-read.js';
import { down, up, type CheckDetails, type CheckResult } from '../check-result.js';
import type { HealthIndicator } from '../health-indicator.js';

const SECOND_MS = 1_000;
const LIMITS = { limitMs: 1_500, ttlMs: 2_000 };

/**
 * Down when the database does not answer: without it a lead can be neither stored nor decided. Tells
 * also how old the tables are that are held in memory: it grows while they cannot be read.
 */
@Injectable()
export class DatabaseIndicator implements HealthIndicator {
  private readonly probe: BoundedRead<unknown>;

  constructor(
    database: Database,
    private readonly tables: ReloadedTables,
    clock: Clock,
  ) {
    this.probe = new BoundedRead(() => database.ping(LIMITS.limitMs), LIMITS, clock);
  }

  async check(): Promise<CheckResult> {
    const reading = await this.probe.read();
    return reading.fresh ? up(this.ages()) : down(reading.reason, this.ages());
  }

  private ages(): CheckDetails {
    const ages = [...this.tables.agesMs()];
    return Object.fromEntries(
      ages.map(([name, ageMs]) => [`${name}_age_seconds`, Math.floor(ageMs / SECOND_MS)]),
    );
  }
}
