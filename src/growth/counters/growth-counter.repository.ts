import { randomInt } from 'node:crypto';
import { Injectable, Optional } from '@nestjs/common';
import { sql, type Kysely } from 'kysely';
import { Database } from '../../database/database.js';
import { execute, type Statement } from '../../database/reading.js';
import type { DatabaseTables } from '../../database/database.types.js';
import { groupByMetric, type GrowthCounts, type GrowthIncrement } from '../growth-contribution.js';

/** Rows kept per counter, so that processes counting the same thing seldom wait for each other. */
const SHARDS = 16;

/** Growth counters survive a restart and add up over replicas: they are rows, counted in the transaction of the decision. */
@Injectable()
export class GrowthCounterRepository {
  /** @param shard chosen once per process: its own transactions write the same rows, those of another process others */
  constructor(
    private readonly database: Database,
    @Optional() private readonly shard: number = randomInt(SHARDS),
  ) {}

  /**
   * Adds up in one statement. Keys are sorted, so that two transactions never wait for each other
   * crosswise; for the same reason call it once per transaction, with everything.
   */
  add(executor: Kysely<DatabaseTables>, increments: readonly GrowthIncrement[]): Promise<void> {
    return execute(executor, this.adding(increments));
  }

  private adding(increments: readonly GrowthIncrement[]): readonly Statement[] {
    const rows = sumByKey(increments);
    if (rows.length === 0) return [];
    const metrics = rows.map(({ metric }) => metric);
    const keys = rows.map(({ key }) => key);
    const values = rows.map(({ value }) => value);
    return [
      sql`
      insert into growth_counter (metric, key, shard, value)
      select metric, key, ${this.shard}::smallint, value
      from unnest(${metrics}::text[], ${keys}::text[], ${values}::bigint[]) as increment (metric, key, value)
      on conflict (metric, key, shard) do update set value = growth_counter.value + excluded.value`,
    ];
  }

  /** Its part of the intake transaction. */
  save({
    decided,
  }: {
    readonly decided: readonly { readonly increments: readonly GrowthIncrement[] }[];
  }): readonly Statement[] {
    return this.adding(decided.flatMap(({ increments }) => increments));
  }

  async readAll(): Promise<GrowthCounts> {
    const { rows } = await sql<GrowthIncrement>`
      select metric, key, sum(value)::float8 as value
      from growth_counter
      group by metric, key
      order by metric, key
    `.execute(this.database.kysely);
    return groupByMetric(rows);
  }
}

/** One row per counter, since an upsert may not touch a row twice; sorted by metric and key. */
function sumByKey(increments: readonly GrowthIncrement[]): GrowthIncrement[] {
  const sums = new Map<string, GrowthIncrement>();
  for (const { metric, key, value } of increments) {
    const id = `${metric} ${key}`;
    sums.set(id, { metric, key, value: value + (sums.get(id)?.value ?? 0) });
  }
  return [...sums.entries()]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([, row]) => row);
}
