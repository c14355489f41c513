import { Injectable, Logger } from '@nestjs/common';
import { sql, type Kysely } from 'kysely';
import { Clock } from '../shared/clock.js';
import { affectedRows } from './affected-rows.js';
import { Database } from './database.js';
import type { DatabaseTables } from './database.types.js';
import { missingRanges, partitionDays, type TimeRange } from './partition-ranges.js';
import { daysBefore, Retention } from './retention.js';

/** How long intake may have to wait behind us for a table; what is not got by then is left to the next round. */
const LOCK_TIMEOUT = '500ms';

/** Share of new rows after which a partition is vacuumed: counts read the index alone where it has been. */
const VACUUM_INSERTS = 0.05;

/** A table in partitions by time, with a default partition for rows that no other takes. */
export interface PartitionedTable {
  readonly table: keyof DatabaseTables;
  /** What it is partitioned by. */
  readonly column: string;
  readonly keepDays: number;
}

/** A bound is null where there is none: both, of the default partition. */
interface Partition {
  readonly name: string;
  readonly from: Date | null;
  readonly until: Date | null;
}

/**
 * Partitions by time: made ahead of what is written, dropped when every row has had its time. Fails
 * open: a row for which there is none goes to the default partition.
 */
@Injectable()
export class Partitions {
  private readonly logger = new Logger(Partitions.name);

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly retention: Retention,
  ) {}

  /** Resolves when those of the time being are there: to be waited for before the first write. */
  async keep(table: PartitionedTable): Promise<void> {
    this.retention.register((_executor, now, limit) => this.sweep(table, now, limit));
    await this.quietly(table, () => this.create(table, this.clock.now()));
  }

  private async sweep(table: PartitionedTable, now: Date, limit: number): Promise<number> {
    await this.quietly(table, () => this.create(table, now));
    await this.quietly(table, () => this.drop(table, now));
    return this.deleteFromUnbounded(table, now, limit);
  }

  private async create(table: PartitionedTable, now: Date): Promise<void> {
    for (const range of await this.listMissing(this.database.kysely, table, now)) {
      await this.quietly(table, () => this.createOne(table, range, now));
    }
  }

  /**
   * Rows that the default partition has taken for want of this one move here. Intake goes on
   * meanwhile: attaching locks the default partition, which is hardly ever written, and no other. The
   * indexes come first, so that none is built under that lock.
   */
  private createOne(table: PartitionedTable, range: TimeRange, now: Date): Promise<void> {
    return this.alone(table, async (trx) => {
      const missing = await this.listMissing(trx, table, now);
      if (!missing.some(({ from }) => from.getTime() === range.from.getTime())) return;
      const whole = sql.table(table.table);
      const partition = sql.table(partitionName(table, range));
      const [from, until] = [range.from.toISOString(), range.until.toISOString()];
      await sql`create table ${partition}
        (like ${whole} including defaults including constraints including storage including indexes)
        with (autovacuum_vacuum_insert_scale_factor = ${sql.lit(VACUUM_INSERTS)})`.execute(trx);
      await sql`
        with moved as (
          delete from ${sql.table(defaultPartition(table))}
          where ${sql.ref(table.column)} >= ${from} and ${sql.ref(table.column)} < ${until} returning *
        ) insert into ${partition} select * from moved`.execute(trx);
      await sql`alter table ${whole} attach partition ${partition}
        for values from (${sql.lit(from)}) to (${sql.lit(until)})`.execute(trx);
    });
  }

  /** Locks the whole table for the moment that it takes. */
  private async drop(table: PartitionedTable, now: Date): Promise<void> {
    const dueAt = daysBefore(now, table.keepDays);
    for (const { name, until } of await listPartitions(this.database.kysely, table)) {
      if (until === null || until > dueAt) continue;
      await this.alone(table, async (trx) => {
        await sql`drop table if exists ${sql.table(name)}`.execute(trx);
      });
      this.logger.log({ event: 'retention.partition_dropped', partition: name });
    }
  }

  /** What holds rows of any age loses them one by one: the default, and what was a table of its own before. */
  private async deleteFromUnbounded(
    { table, column, keepDays }: PartitionedTable,
    now: Date,
    limit: number,
  ): Promise<number> {
    const partitions = await listPartitions(this.database.kysely, { table });
    let deleted = 0;
    for (const { name } of partitions.filter(({ from }) => from === null)) {
      const partition = sql.table(name);
      // A row's place is unique within one partition, and this is one.
      deleted += await affectedRows(
        this.database.kysely,
        sql`
        delete from ${partition} where ctid = any (array(
          select ctid from ${partition} where ${sql.ref(column)} < ${daysBefore(now, keepDays)}
          limit ${limit - deleted} for update skip locked
        ))`,
      );
    }
    return deleted;
  }

  private async listMissing(
    executor: Kysely<DatabaseTables>,
    table: PartitionedTable,
    now: Date,
  ): Promise<readonly TimeRange[]> {
    const partitions = await listPartitions(executor, table);
    const existing = partitions.flatMap(({ from, until }) =>
      until === null ? [] : [{ from: from ?? EVER, until }],
    );
    return missingRanges(existing, now, partitionDays(table.keepDays));
  }

  /** One replica at a time, and giving up rather than holding others up. */
  private alone(
    { table }: PartitionedTable,
    work: (trx: Kysely<DatabaseTables>) => Promise<void>,
  ): Promise<void> {
    return this.database.kysely.transaction().execute(async (trx) => {
      await sql`set local lock_timeout = ${sql.lit(LOCK_TIMEOUT)}`.execute(trx);
      await sql`select pg_advisory_xact_lock(hashtext('partitions of ' || ${table}))`.execute(trx);
      await work(trx);
    });
  }

  private async quietly({ table }: PartitionedTable, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      // The next round comes.
      this.logger.warn({ event: 'retention.partition_failed', table, reason: String(error) });
    }
  }
}

const EVER = new Date(-8.64e15);

function defaultPartition({ table }: Pick<PartitionedTable, 'table'>): string {
  return `${table}_default`;
}

function partitionName({ table }: PartitionedTable, { from }: TimeRange): string {
  return `${table}_${from.toISOString().slice(0, 10).replaceAll('-', '')}`;
}

/** By time. Bounds are written and read back in one session, so in one time zone. */
async function listPartitions(
  executor: Kysely<DatabaseTables>,
  { table }: Pick<PartitionedTable, 'table'>,
): Promise<readonly Partition[]> {
  const { rows } = await sql<Partition>`
    select relname as name,
      substring(bound from 'FROM [(]''([^'']+)''[)]')::timestamptz as "from",
      substring(bound from 'TO [(]''([^'']+)''[)]')::timestamptz as "until"
    from pg_inherits
    join pg_class on pg_class.oid = inhrelid
    cross join lateral pg_get_expr(relpartbound, pg_class.oid) as bound
    where inhparent = ${table}::regclass
    order by "until"`.execute(executor);
  return rows;
}
