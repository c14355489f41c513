import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { sql, type Kysely, type RawBuilder } from 'kysely';
import { Clock } from '../shared/clock.js';
import { affectedRows } from './affected-rows.js';
import { Database } from './database.js';
import type { DatabaseTables } from './database.types.js';

const EVERY_MS = 10 * 60_000;
/** Rows deleted in one statement: short locks, whatever has piled up. */
const BATCH = 5_000;
const DAY_MS = 86_400_000;

/** One statement that deletes what has had its time: at most `limit` rows, and it says how many. */
export type Sweep = (executor: Kysely<DatabaseTables>, now: Date, limit: number) => Promise<number>;

/** Keeps the tables bounded. Each room registers what of its own is to go, and when. */
@Injectable()
export class Retention implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(Retention.name);
  private readonly sweeps: Sweep[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** In the order of registration. */
  register(...sweeps: readonly Sweep[]): void {
    this.sweeps.push(...sweeps);
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.sweepQuietly(), EVERY_MS);
    this.timer.unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /** @returns rows deleted */
  async sweep(): Promise<number> {
    const now = this.clock.now();
    let deleted = 0;
    for (const sweep of this.sweeps) {
      for (let some = BATCH; some === BATCH; deleted += some) {
        some = await sweep(this.database.kysely, now, BATCH);
      }
    }
    return deleted;
  }

  private async sweepQuietly(): Promise<void> {
    try {
      await this.sweep();
    } catch (error) {
      // The next round comes.
      this.logger.warn({ event: 'retention.sweep_failed', reason: String(error) });
    }
  }
}

/**
 * Deletes at most `limit` rows for which `isDue` holds, passing over those that others hold. By key,
 * since a row's place in its table is unique within one partition only.
 *
 * @param key the columns of the table's primary key
 * @returns rows deleted
 */
export function deleteDue(
  executor: Kysely<DatabaseTables>,
  { table, key }: { readonly table: keyof DatabaseTables; readonly key: readonly string[] },
  isDue: RawBuilder<unknown>,
  limit: number,
): Promise<number> {
  const name = sql.table(table);
  const isSame = key.map(
    (column) => sql`${sql.ref(`${table}.${column}`)} = ${sql.ref(`due.${column}`)}`,
  );
  return affectedRows(
    executor,
    sql`
    delete from ${name} using (
      select ${sql.join(key.map((column) => sql.ref(column)))} from ${name}
      where ${isDue} limit ${limit} for update skip locked
    ) as due
    where ${sql.join(isSame, sql` and `)}`,
  );
}

export function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * DAY_MS);
}
