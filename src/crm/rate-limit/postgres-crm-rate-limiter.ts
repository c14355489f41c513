import { sql, type QueryExecutorProvider } from 'kysely';
import type { Clock } from '../../shared/clock.js';
import { shareRoundTrips } from '../../shared/group-commit.js';
import { CrmRateLimiter, type RateLimitGrant } from './crm-rate-limiter.port.js';

interface AskedTurn {
  readonly locationId: string;
  readonly calls: number;
  readonly patienceMs: number;
}

interface TakeRow {
  readonly granted: boolean;
  readonly wait_ms: number;
}

/**
 * GCRA in one row per location: `tat` is the theoretical arrival time of the next call. PostgreSQL's
 * clock decides, not the replicas' own, so that their skew does not matter.
 */
export class PostgresCrmRateLimiter extends CrmRateLimiter {
  private readonly turns = shareRoundTrips((asked: readonly AskedTurn[]) => this.takeAll(asked));

  constructor(
    private readonly database: QueryExecutorProvider,
    private readonly budget: CallBudget,
    /** Only for tests, which must not wait: replaces the clock of the database. */
    private readonly clock?: Clock,
  ) {
    super();
  }

  /** Calls that ask while a round trip is under way share the next one. */
  override async take(locationId: string, calls: number, patienceMs = 0): Promise<RateLimitGrant> {
    if (calls > this.budget.burst) {
      throw new RangeError(`${calls} calls at once exceed the burst of ${this.budget.burst}.`);
    }
    return this.turns.submit({ locationId, calls, patienceMs });
  }

  private async takeAll(asked: readonly AskedTurn[]): Promise<readonly RateLimitGrant[]> {
    // Everybody locks the rows of locations in this order; of one location, who came first is first.
    const order = asked
      .map((turn, position) => ({ ...turn, position }))
      .sort((one, other) =>
        one.locationId < other.locationId ? -1 : Number(one.locationId > other.locationId),
      );
    const { burst, intervalMicros } = this.budget;
    const { rows } = await sql<TakeRow>`
      select granted, wait_ms from take_crm_turns(
        ${order.map((turn) => turn.locationId)}::text[],
        ${order.map((turn) => turn.calls * intervalMicros)}::float8[],
        ${order.map((turn) => turn.patienceMs * 1_000)}::float8[],
        ${burst * intervalMicros}::float8,
        ${this.clock?.now() ?? null}::timestamptz
      )`.execute(this.database);
    const grants: RateLimitGrant[] = [];
    order.forEach(({ position }, index) => {
      grants[position] = readGrant(rows[index]);
    });
    return grants;
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

  private nowSql() {
    return this.clock === undefined
      ? sql`clock_timestamp()`
      : sql`${this.clock.now().toISOString()}::timestamptz`;
  }
}

function readGrant(row: TakeRow | undefined): RateLimitGrant {
  if (row === undefined) throw new Error('A turn was neither granted nor refused');
  const waitMs = Math.ceil(row.wait_ms);
  if (row.granted) return { granted: true, waitMs: Math.max(0, waitMs) };
  return { granted: false, retryAfterMs: Math.max(1, waitMs) };
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
