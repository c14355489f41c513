import { Injectable } from '@nestjs/common';
import { Crm, type CrmResult } from '../../crm/crm.port.js';
import { Clock } from '../../shared/clock.js';
import { BoundedRead } from '../../telemetry/bounded-read.js';
import { degraded, up, type CheckResult } from '../check-result.js';
import type { HealthIndicator } from '../health-indicator.js';

/** Kept longer than the others: every probe is a call that counts against the CRM's rate limit. */
const LIMITS = { limitMs: 1_500, ttlMs: 15_000 };

/** Never worse than degraded: without the CRM leads are still taken, and their effects wait. */
@Injectable()
export class CrmIndicator implements HealthIndicator {
  private readonly probe: BoundedRead<CrmResult<void>>;

  constructor(crm: Crm, clock: Clock) {
    this.probe = new BoundedRead(() => crm.checkHealth(), LIMITS, clock);
  }

  async check(): Promise<CheckResult> {
    const reading = await this.probe.read();
    if (!reading.fresh) return degraded(reading.reason);
    return reading.value.ok ? up() : degraded(reading.value.failure.kind);
  }
}
