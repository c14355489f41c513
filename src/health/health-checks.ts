import { Injectable } from '@nestjs/common';
import { overallStatus, type CheckResult, type HealthStatus } from './check-result.js';
import { CrmIndicator } from './indicators/crm.indicator.js';
import { DatabaseIndicator } from './indicators/database.indicator.js';
import { EffectsIndicator } from './indicators/effects.indicator.js';
import { RolloutIndicator } from './indicators/rollout.indicator.js';

export interface HealthChecksReading {
  readonly status: HealthStatus;
  readonly checks: {
    readonly database: CheckResult;
    readonly crm: CheckResult;
    readonly effects: CheckResult;
    readonly rollout: CheckResult;
  };
}

/** Asks all indicators at once; takes no longer than the slowest one's limit. */
@Injectable()
export class HealthChecks {
  constructor(
    private readonly database: DatabaseIndicator,
    private readonly crm: CrmIndicator,
    private readonly effects: EffectsIndicator,
    private readonly rollout: RolloutIndicator,
  ) {}

  async read(): Promise<HealthChecksReading> {
    const [database, crm, effects, rollout] = await Promise.all([
      this.database.check(),
      this.crm.check(),
      this.effects.check(),
      this.rollout.check(),
    ]);
    return {
      status: overallStatus([database, crm, effects, rollout]),
      checks: { database, crm, effects, rollout },
    };
  }

  readDatabase(): Promise<CheckResult> {
    return this.database.check();
  }
}
