import { randomInt } from 'node:crypto';
import { Injectable, Optional } from '@nestjs/common';
import { sql, type Kysely } from 'kysely';
import { Database } from '../../database/database.js';
import { execute, type Statement } from '../../database/reading.js';
import type { DatabaseTables } from '../../database/database.types.js';
import type { ObservedSource } from './observed-source.repository.js';
import { groupByMetric, type GrowthCounts, type GrowthIncrement } from '../growth-ledger.js';

/** Rows kept per counter, so that processes counting the same thing seldom wait for each other. */
const SHARDS = 16;

/** An increment; with its source where that has to be looked up. */
export interface ListedIncrement extends GrowthIncrement {
  readonly source?: ObservedSource;
}

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

  /** The same as part of another's transaction. */
  adding(increments: readonly GrowthIncrement[]): readonly Statement[] {
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

  /**
   * The same where some count a source of which it is not known whether it has a counter of its own: the
   * database says, and counts it under `otherKey` when it has none. In the same order of keys.
   */
  addingListed(increments: readonly ListedIncrement[], otherKey: string): readonly Statement[] {
    const column = <T>(read: (increment: ListedIncrement) => T): T[] => increments.map(read);
    return [
      sql`
      insert into growth_counter (metric, key, shard, value)
      select metric, counted_key, ${this.shard}::smallint, sum(value) from (
        select metric, value, case
          when increment.source_key is null or listed.source_key is not null then key else ${otherKey}::text
        end as counted_key
        from unnest(
          ${column(({ metric }) => metric)}::text[],
          ${column(({ key }) => key)}::text[],
          ${column(({ value }) => value)}::bigint[],
          ${column(({ source }) => source?.locationId ?? null)}::text[],
          ${column(({ source }) => source?.key ?? null)}::text[]
        ) as increment (metric, key, value, location_id, source_key)
        left join observed_source as listed using (location_id, source_key)
      ) as counted
      group by metric, counted_key
      order by metric collate "C", counted_key collate "C"
      on conflict (metric, key, shard) do update set value = growth_counter.value + excluded.value`,
    ];
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
