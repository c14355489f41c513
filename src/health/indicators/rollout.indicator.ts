import { Injectable } from '@nestjs/common';
import { RolloutReader } from '../../growth/rollout/rollout-reader.js';
import { Clock } from '../../shared/clock.js';
import { degraded, up, type CheckResult } from '../check-result.js';
import type { HealthIndicator } from '../health-indicator.js';

const SECOND_MS = 1_000;

/** Which rollout this process acts on and since when, so that a replica that lags behind is seen. */
@Injectable()
export class RolloutIndicator implements HealthIndicator {
  constructor(
    private readonly rollout: RolloutReader,
    private readonly clock: Clock,
  ) {}

  /** Reads memory: neither a time limit nor a cache is needed. */
  async check(): Promise<CheckResult> {
    try {
      const { version, last_updated: lastUpdated } = this.rollout.read();
      return up({ version, age_seconds: this.ageSeconds(lastUpdated) });
    } catch {
      return degraded('failed');
    }
  }

  private ageSeconds(lastUpdated: string): number {
    return Math.max(
      0,
      Math.floor((this.clock.now().getTime() - Date.parse(lastUpdated)) / SECOND_MS),
    );
  }
}
