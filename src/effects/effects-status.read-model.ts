import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Database } from '../database/database.js';
import { Clock } from '../shared/clock.js';

/** Where the outgoing effects stand, over all locations. */
export interface EffectsReading {
  /** Not yet delivered, due or not. */
  readonly pending: number;
  /** Not yet delivered although their time has come. */
  readonly due: number;
  /** How long the oldest of those has been due; 0 when none is. */
  readonly oldestDueSeconds: number;
  /** Given up in the last 24 hours. */
  readonly dead: number;
  /** Messages of which nobody knows whether they went out. */
  readonly uncertain: number;
  /** Held back until their location has a CRM token. */
  readonly waiting: number;
}

/** For the health check; each count is over a partial index. */
@Injectable()
export class EffectsStatusReadModel {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async read(): Promise<EffectsReading> {
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
