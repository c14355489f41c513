import { Injectable, type OnModuleInit } from '@nestjs/common';
import { sql } from 'kysely';
import { Configuration } from '../config/configuration.js';
import { affectedRows } from '../database/affected-rows.js';
import { Partitions } from '../database/partitions.js';
import { daysBefore, deleteDue, Retention, type Sweep } from '../database/retention.js';

const LANE = { table: 'lane', key: ['location_id', 'contact_id'] } as const;

/** How long an effect stays where it ended: a worker may yet finish one that was cancelled. */
const SETTLED_AFTER_MS = 10 * 60_000;

/** Columns of an effect, of the open ones and the finished alike. */
export const EFFECT_COLUMNS = sql.raw(
  'effect_id, location_id, contact_id, effect_key, kind, payload, state, due_at, attempts, sends, ' +
    'last_error, first_failed_at, cancelled_at, remote_id, started_at, finished_at, created_at, doubt',
);

/** What the outbox keeps of what it has carried out, and for how long. */
@Injectable()
export class FinishedEffectRepository implements OnModuleInit {
  constructor(
    private readonly retention: Retention,
    private readonly partitions: Partitions,
    private readonly configuration: Configuration,
  ) {}

  async onModuleInit(): Promise<void> {
    const keepDays = this.configuration.webhook.historyDays;
    this.retention.register(this.moveSettled, this.deleteIdleLanes, this.sumUpTally);
    await this.partitions.keep({ table: 'finished_effect', column: 'finished_at', keepDays });
  }

  /** Cancelled ones, texts, and what a replica of an older version has finished. Dead and uncertain ones stay. */
  private readonly moveSettled: Sweep = (executor, now, limit) => {
    const settledAt = new Date(now.getTime() - SETTLED_AFTER_MS);
    return affectedRows(
      executor,
      sql`
      with settled as (
        select effect_id from effect
        where finished_at < ${settledAt} and state in ('delivered', 'cancelled', 'suppressed')
        limit ${limit} for update skip locked
      ), taken as (
        delete from effect using settled where effect.effect_id = settled.effect_id returning effect.*
      )
      insert into finished_effect (${EFFECT_COLUMNS}) select ${EFFECT_COLUMNS} from taken`,
    );
  };

  /** Lanes in which nothing is open; the next effect makes its lane anew. */
  private readonly deleteIdleLanes: Sweep = (executor, _now, limit) => {
    const isIdle = sql`ready_at is null and leased_until is null and not exists (
      select 1 from effect
      where effect.location_id = lane.location_id and effect.contact_id = lane.contact_id
    )`;
    return deleteDue(executor, LANE, isIdle, limit);
  };

  /** Of each count one row, and none of what has had its time. */
  private readonly sumUpTally: Sweep = async (executor, now) => {
    const until = daysBefore(now, this.configuration.webhook.historyDays);
    await sql`
      with several as (
        select week, location_id, kind, state from effect_tally
        group by week, location_id, kind, state having count(*) > 1
      ), taken as (
        delete from effect_tally as tally using several
        where tally.week = several.week and tally.location_id = several.location_id
          and tally.kind = several.kind and tally.state = several.state
        returning tally.*
      )
      insert into effect_tally (week, location_id, kind, state, count)
      select week, location_id, kind, state, sum(count) from taken
      group by week, location_id, kind, state having sum(count) <> 0`.execute(executor);
    return affectedRows(executor, sql`delete from effect_tally where week + 7 <= ${until}`);
  };
}
