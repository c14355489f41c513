import { Injectable, type OnModuleInit } from '@nestjs/common';
import { sql } from 'kysely';
import { Configuration } from '../config/configuration.js';
import { daysBefore, deleteDue, Retention, type Sweep } from '../database/retention.js';

const EFFECT = { table: 'effect', key: ['effect_id'] } as const;
const LANE = { table: 'lane', key: ['location_id', 'contact_id'] } as const;

/** How long the outbox keeps what it has carried out. */
@Injectable()
export class EffectRetentionRepository implements OnModuleInit {
  constructor(
    private readonly retention: Retention,
    private readonly configuration: Configuration,
  ) {}

  onModuleInit(): void {
    this.retention.register(this.deleteFinished, this.deleteIdleLanes);
  }

  /** Dead and uncertain effects stay: somebody has yet to look at them. */
  private readonly deleteFinished: Sweep = (executor, now, limit) => {
    const until = daysBefore(now, this.configuration.webhook.historyDays);
    const isDue = sql`finished_at < ${until} and state in ('delivered', 'cancelled', 'suppressed')`;
    return deleteDue(executor, EFFECT, isDue, limit);
  };

  /** Lanes without any effect; the next one makes its lane anew. */
  private readonly deleteIdleLanes: Sweep = (executor, _now, limit) => {
    const isIdle = sql`ready_at is null and leased_until is null and not exists (
      select 1 from effect
      where effect.location_id = lane.location_id and effect.contact_id = lane.contact_id
    )`;
    return deleteDue(executor, LANE, isIdle, limit);
  };
}
