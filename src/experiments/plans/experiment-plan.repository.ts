import { Injectable } from '@nestjs/common';
import { sql, type Kysely } from 'kysely';
import { Database } from '../../database/database.js';
import type { DatabaseTables } from '../../database/database.types.js';
import { Reading, type Statement } from '../../database/reading.js';
import type { DatabaseTransaction } from '../../database/transactions.js';
import type { ExperimentPlan } from '../statistics/experiment-plan.js';

export interface StoredPlan {
  readonly plan: ExperimentPlan;
  readonly startedAt: Date;
}

/**
 * Plans by experiment. A plan may be replaced until the first exposure: whoever records that one
 * holds the plan's row meanwhile, so that of an exposure and a replacement one comes first.
 */
@Injectable()
export class ExperimentPlanRepository {
  constructor(private readonly database: Database) {}

  async find(experiment: string): Promise<StoredPlan | undefined> {
    const { rows } = await sql<PlanRow>`
      select plan, started_at from experiment_plan where experiment = ${experiment}`.execute(
      this.database.kysely,
    );
    return rows[0] && { plan: rows[0].plan, startedAt: rows[0].started_at };
  }

  /** Which of these can still get another plan: all but those that are planned and have been exposed. */
  listUnfixed(experiments: readonly string[]): Reading<readonly string[]> {
    return Reading.of(
      sql<{ experiment: string }>`
      select experiment from unnest(${experiments}::text[]) as wanted (experiment)
      where not exists (select from experiment_plan as plan where plan.experiment = wanted.experiment)
        or not exists (select from exposure where exposure.experiment = wanted.experiment)`,
    ).map((rows) => rows.map(({ experiment }) => experiment));
  }

  /** A plan that is already there stays; waits for a transaction that is just storing one. */
  insertMissing(plan: ExperimentPlan, now: Date): Statement {
    return sql`
      insert into experiment_plan (experiment, plan, started_at)
      values (${plan.key}, ${JSON.stringify(plan)}::jsonb, ${now}::timestamptz)
      on conflict (experiment) do nothing`;
  }

  /** Keeps the plan from being replaced until the transaction ends; false when there is none. Sharers do not wait for each other. */
  holdShared(experiment: string): Reading<boolean> {
    return Reading.of(
      sql`select 1 from experiment_plan where experiment = ${experiment} for share`,
    ).map((rows) => rows.length > 0);
  }

  /** From the first exposure on the plan is fixed. */
  async isExposed(
    experiment: string,
    executor: Kysely<DatabaseTables> = this.database.kysely,
  ): Promise<boolean> {
    const { rows } = await sql`
      select 1 from exposure where experiment = ${experiment} limit 1`.execute(executor);
    return rows.length > 0;
  }

  /** Waits for exposures that are just being recorded, and keeps new ones waiting. */
  async holdExclusively(trx: DatabaseTransaction, experiment: string): Promise<void> {
    await sql`
      select 1 from experiment_plan where experiment = ${experiment} for update`.execute(trx);
  }

  async replace(trx: DatabaseTransaction, plan: ExperimentPlan, now: Date): Promise<void> {
    await sql`
      update experiment_plan set plan = ${JSON.stringify(plan)}::jsonb, started_at = ${now}::timestamptz
      where experiment = ${plan.key}`.execute(trx);
  }
}

interface PlanRow {
  readonly plan: ExperimentPlan;
  readonly started_at: Date;
}
