import { sql, type QueryExecutorProvider } from 'kysely';
import type { Clock } from '../../shared/clock.js';
import { CrmRateLimiter, type RateLimitGrant } from './crm-rate-limiter.port.js';

interface TakeRow {
  readonly granted: boolean;
  readonly wait_ms: number;
}

/**
 * GCRA in one row per location: `tat` is the theoretical arrival time of the next call. PostgreSQL's
 * clock decides, not the replicas' own, so that their skew does not matter.
 */
export class PostgresCrmRateLimiter extends CrmRateLimiter {
  constructor(
    private readonly database: QueryExecutorProvider,
    private readonly budget: CallBudget,
    /** Only for tests, which must not wait: replaces the clock of the database. */
    private readonly clock?: Clock,
  ) {
    super();
  }

  /**
   * One statement: an upsert that changes the row only if the calls fit, and a look at the unchanged
   * row if not. The row may be newer than the statement's snapshot, so a refusal without a row is
   * possible when two replicas meet at a location's very first call.
   */
  override async take(locationId: string, calls: number, patienceMs = 0): Promise<RateLimitGrant> {
    if (calls > this.budget.burst) {
      throw new RangeError(`${calls} calls at once exceed the burst of ${this.budget.burst}.`);
    }
    const now = this.nowSql();
    const cost = micros(calls * this.budget.intervalMicros);
    const room = micros(this.budget.burst * this.budget.intervalMicros);
    const queue = micros(patienceMs * 1_000);
    const { rows } = await sql<TakeRow>`
      WITH taken AS (
        INSERT INTO crm_rate_limit AS known (location_id, tat)
        VALUES (${locationId}, ${now} + ${cost})
        ON CONFLICT (location_id) DO UPDATE
          SET tat = greatest(known.tat, ${now}) + ${cost}
          WHERE greatest(known.tat, ${now}) + ${cost} <= ${now} + ${room} + ${queue}
        RETURNING tat
      )
      SELECT true AS granted, (extract(epoch FROM (tat - ${room} - ${now})) * 1000)::float8 AS wait_ms FROM taken
      UNION ALL
      SELECT false, (extract(epoch FROM (tat + ${cost} - ${room} - ${now})) * 1000)::float8
      FROM crm_rate_limit
      WHERE location_id = ${locationId} AND NOT EXISTS (SELECT FROM taken)
    `.execute(this.database);
    return this.readGrant(rows[0]);
  }

  /** Leaves one call possible when the wait is over; the pace after that is the sustained one. */
  override async penalise(locationId: string, waitMs: number): Promise<void> {
    const emptied = (this.budget.burst - 1) * this.budget.intervalMicros;
    const pushed = micros(Math.ceil(waitMs * 1_000) + emptied);
    await sql`
      INSERT INTO crm_rate_limit AS known (location_id, tat)
      VALUES (${locationId}, ${this.nowSql()} + ${pushed})
      ON CONFLICT (location_id) DO UPDATE SET tat = greatest(known.tat, excluded.tat)
    `.execute(this.database);
  }

  private readGrant(row: TakeRow | undefined): RateLimitGrant {
    if (row?.granted === true)
      return { granted: true, waitMs: Math.max(0, Math.ceil(row.wait_ms)) };
    const atLeastMs = 1;
    const waitMs = row?.wait_ms ?? this.budget.intervalMicros / 1_000;
    return { granted: false, retryAfterMs: Math.max(atLeastMs, Math.ceil(waitMs)) };
  }

  private nowSql() {
    return this.clock === undefined
      ? sql`clock_timestamp()`
      : sql`${this.clock.now().toISOString()}::timestamptz`;
  }
}

function micros(count: number) {
  return sql`(${count}::float8 * interval '1 microsecond')`;
}

/** The CRM counts calls in windows of this length. */
export const LIMIT_WINDOW_MS = 10_000;

const BURST_SHARE = 0.2;
const MICROS_PER_MS = 1_000;

/** The two numbers of a generic cell rate algorithm (GCRA). */
interface CallBudget {
  /** Calls that may follow each other at once after a pause. */
  readonly burst: number;
  /** Microseconds, PostgreSQL's own unit of time, between calls at a sustained pace. */
  readonly intervalMicros: number;
}

/**
 * Within any closed window of 10 s GCRA grants at most `burst + window / interval` calls. A fifth of
 * the limit is burst and the rest is pace, so the sum never exceeds the limit wherever the window
 * lies. A limit of one call is kept by pacing it at half.
 */
export function callBudget(limitPer10s: number): CallBudget {
  if (!Number.isInteger(limitPer10s) || limitPer10s < 1) {
    throw new RangeError(`The CRM rate limit must be a whole number above 0, not ${limitPer10s}.`);
  }
  const burst = Math.max(1, Math.floor(limitPer10s * BURST_SHARE));
  const paced = Math.max(limitPer10s - burst, 0.5);
  return { burst, intervalMicros: Math.ceil((LIMIT_WINDOW_MS * MICROS_PER_MS) / paced) };
}
