import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import { BoundedRead } from '../../telemetry/bounded-read.js';
import { degraded, up, type CheckResult } from '../check-result.js';
import {
  EffectsStatusReadModel,
  type EffectsReading,
} from '../../effects/effects-status.read-model.js';
import type { HealthIndicator } from '../health-indicator.js';

const LIMITS = { limitMs: 1_500, ttlMs: 5_000 };
/** An effect that is due goes out within seconds; a minute means that delivery does not keep up. */
const MAX_OVERDUE_SECONDS = 60;

/** Degraded when effects are late or were given up in the last day. */
@Injectable()
export class EffectsIndicator implements HealthIndicator {
  private readonly probe: BoundedRead<EffectsReading>;

  constructor(effects: EffectsStatusReadModel, clock: Clock) {
    this.probe = new BoundedRead(() => effects.read(), LIMITS, clock);
  }

  async check(): Promise<CheckResult> {
    const reading = await this.probe.read();
    if (!reading.fresh) return degraded(reading.reason);
    const { oldestDueSeconds, dead } = reading.value;
    const details = detailsOf(reading.value);
    if (oldestDueSeconds > MAX_OVERDUE_SECONDS) return degraded('overdue', details);
    return dead > 0 ? degraded('dead_letters', details) : up(details);
  }
}

function detailsOf(effects: EffectsReading): Readonly<Record<string, number>> {
  return {
    pending: effects.pending,
    due: effects.due,
    oldest_due_seconds: effects.oldestDueSeconds,
    dead_24h: effects.dead,
    uncertain: effects.uncertain,
    waiting: effects.waiting,
  };
}
