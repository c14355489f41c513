import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Database } from '../database/database.js';
import { EffectsStatus, type EffectsReading } from './effects-status.js';
import { Clock } from '../shared/clock.js';

/** Where the effects stand; each count is over a partial index. */
@Injectable()
export class EffectsStatusReadModel extends EffectsStatus {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async read(): Promise<EffectsReading> {
    const now = this.clock.now();
    const { rows } = await sql<EffectsReading>`
      select
        (select count(*) from effect where state in ('pending', 'sending'))::int as "pending",
        (select count(*) from effect where state in ('pending', 'sending') and due_at <= ${now})::int as "due",
        coalesce((select extract(epoch from ${now}::timestamptz - min(due_at))
          from effect where state in ('pending', 'sending') and due_at <= ${now}), 0)::float8 as "oldestDueSeconds",
        (select count(*) from effect
          where state = 'dead' and finished_at > ${now}::timestamptz - interval '24 hours')::int as "dead",
        (select count(*) from effect where state = 'uncertain')::int as "uncertain",
        (select count(*) from effect where state = 'no_credentials')::int as "waiting"`.execute(
      this.database.kysely,
    );
    const reading = rows[0];
    if (reading === undefined) throw new Error('The count of effects returned no row');
    return reading;
  }
}
