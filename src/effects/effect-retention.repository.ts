import { Injectable, type OnModuleInit } from '@nestjs/common';
import { sql } from 'kysely';
import { Configuration } from '../config/configuration.js';
import { daysBefore, Retention, type Sweep } from '../database/retention.js';

/** How long the outbox keeps what it has carried out. Rows are deleted by key. */
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
  private readonly deleteFinished: Sweep = async (executor, now, limit) => {
    const until = daysBefore(now, this.configuration.webhook.historyDays);
    const { numAffectedRows = 0n } = await sql`
      delete from effect using (
        select effect_id from effect
        where finished_at < ${until} and state in ('delivered', 'cancelled', 'suppressed')
        limit ${limit} for update skip locked
      ) as expired
      where effect.effect_id = expired.effect_id`.execute(executor);
    return Number(numAffectedRows);
  };

  /** Lanes without any effect; the next one makes its lane anew. */
  private readonly deleteIdleLanes: Sweep = async (executor, _now, limit) => {
    const { numAffectedRows = 0n } = await sql`
      delete from lane using (
        select location_id, contact_id from lane
        where ready_at is null and leased_until is null and not exists (
          select 1 from effect
          where effect.location_id = lane.location_id and effect.contact_id = lane.contact_id
        )
        limit ${limit} for update skip locked
      ) as idle
      where lane.location_id = idle.location_id and lane.contact_id = idle.contact_id`.execute(
      executor,
    );
    return Number(numAffectedRows);
  };
}
