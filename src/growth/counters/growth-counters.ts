import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import { BoundedRead } from '../../telemetry/bounded-read.js';
import { GrowthCounterRepository } from './growth-counter.repository.js';
import { groupByMetric, type GrowthCounts } from '../growth-ledger.js';

/** A scrape must not hang with the database. */
const READ_LIMIT_MS = 1_000;
const NO_COUNTS = groupByMetric([]);

export interface GrowthCountersReading {
  readonly counts: GrowthCounts;
  /** True when the database could not be read and the counts are those of `readAt`. */
  readonly stale: boolean;
  /** Null when they were never read. */
  readonly readAt: Date | null;
}

/** The growth counters as `/metrics` shows them: the last known ones while the database is away. */
@Injectable()
export class GrowthCounters {
  private readonly counts: BoundedRead<GrowthCounts>;

  constructor(repository: GrowthCounterRepository, clock: Clock) {
    this.counts = new BoundedRead(
      () => repository.readAll(),
      { limitMs: READ_LIMIT_MS, ttlMs: 0 },
      clock,
    );
  }

  async read(): Promise<GrowthCountersReading> {
    const reading = await this.counts.read();
    if (reading.fresh) return { counts: reading.value, stale: false, readAt: reading.readAt };
    return {
      counts: reading.last?.value ?? NO_COUNTS,
      stale: true,
      readAt: reading.last?.readAt ?? null,
    };
  }
}
