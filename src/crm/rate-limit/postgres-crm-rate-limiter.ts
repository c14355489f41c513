import { sql, type QueryExecutorProvider } from 'kysely';
import type { Clock } from '../../shared/clock.js';
import { shareRoundTrips } from '../../shared/group-commit.js';
import { Stopwatch } from '../../shared/stopwatch.js';
import { CrmRateLimiter, type RateLimitGrant } from './crm-rate-limiter.port.js';
import { LentTurns } from './lent-turns.js';

interface AskedTurn {
  readonly locationId: string;
  readonly calls: number;
  readonly patienceMs: number;
}

interface TakeRow {
  readonly granted: boolean;
  readonly wait_ms: number;
  /** Turns booked on top of it. */
  readonly lent: number;
}

/** As many calls as mostly follow the first one to a contact. */
const LENT_TURNS = 3;
/** A lent turn may be used this long after its time has come: the pace leaves room for it. */
export const LENT_PAST_MS = 100;
/** And this long at most: another replica may hear from the CRM meanwhile that nobody may call. */
const LENT_FOR_MS = 250;

/**
 * GCRA in one row per location: `tat` is the theoretical arrival time of the next call. PostgreSQL's
 * clock decides, not the replicas' own, so that their skew does not matter. While a location has plenty,
 * a call that asks brings turns for those that follow it.
 */
export class PostgresCrmRateLimiter extends CrmRateLimiter {
  private readonly turns = shareRoundTrips((asked: readonly AskedTurn[]) => this.takeAll(asked));
  private readonly running = new Stopwatch();
  private readonly lent = new LentTurns(() => this.nowMs());

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
    const turn = { locationId, calls, patienceMs };
    return this.useLent(turn) ?? this.turns.submit(turn);
  }

  private useLent({ locationId, calls }: AskedTurn): RateLimitGrant | undefined {
    const isLent = calls === 1 && this.lent.use(locationId);
    return isLent ? { granted: true, waitMs: 0 } : undefined;
  }

  private async takeAll(asked: readonly AskedTurn[]): Promise<readonly RateLimitGrant[]> {
    // What came while these were waiting serves them first.
    const grants = asked.map((turn) => this.useLent(turn));
    const open = asked.flatMap((turn, position) =>
      grants[position] === undefined ? [{ ...turn, position }] : [],
    );
    if (open.length > 0) {
      const booked = await this.book(inOrder(open));
      for (const { position, grant } of booked) grants[position] = grant;
    }
    return grants.map(given);
  }

  private async book<Turn extends AskedTurn>(
    turns: readonly Turn[],
  ): Promise<readonly (Turn & { readonly grant: RateLimitGrant })[]> {
    const { burst, intervalMicros } = this.budget;
    const isLast = turns.map(({ locationId }, at) => turns[at + 1]?.locationId !== locationId);
    // From before the statement: what is lent ends too early rather than too late.
    const askedAtMs = this.nowMs();
    const { rows } = await sql<TakeRow>`
      select granted, wait_ms, lent from take_crm_turns(
        ${turns.map((turn) => turn.locationId)}::text[],
        ${turns.map((turn) => turn.calls * intervalMicros)}::float8[],
        ${turns.map((turn) => turn.patienceMs * 1_000)}::float8[],
        ${turns.map(({ calls }, at) => (calls === 1 && isLast[at] === true ? LENT_TURNS : 0))}::int[],
        ${burst * intervalMicros}::float8,
        ${intervalMicros}::float8,
        ${this.clock?.now() ?? null}::timestamptz
      )`.execute(this.database);
    return turns.map((turn, at) => {
      const row = given(rows[at]);
      this.lent.lend(turn.locationId, this.endsOf(row, askedAtMs));
      return { ...turn, grant: readGrant(row) };
    });
  }

  /** A turn's time has come when the turns before it would have been paced until then. */
  private endsOf({ wait_ms, lent }: TakeRow, askedAtMs: number): readonly number[] {
    const { burst, intervalMicros } = this.budget;
    const aheadMs = wait_ms + (burst * intervalMicros) / MICROS_PER_MS;
    return Array.from({ length: lent }, (_, turn) => {
      const timeMs = aheadMs + (turn * intervalMicros) / MICROS_PER_MS;
      return askedAtMs + Math.min(timeMs + LENT_PAST_MS, LENT_FOR_MS);
    });
  }

  /** Leaves one call possible when the wait is over; the pace after that is the sustained one. */
  override async penalise(locationId: string, waitMs: number): Promise<void> {
    this.lent.forget(locationId);
    const emptied = (this.budget.burst - 1) * this.budget.intervalMicros;
    const pushed = micros(Math.ceil(waitMs * 1_000) + emptied);
    await sql`
      INSERT INTO crm_rate_limit AS known (location_id, tat)
      VALUES (${locationId}, ${this.nowSql()} + ${pushed})
      ON CONFLICT (location_id) DO UPDATE SET tat = greatest(known.tat, excluded.tat)
    `.execute(this.database);
  }

  private nowMs(): number {
    return this.clock?.now().getTime() ?? this.running.elapsedMs();
  }

  private nowSql() {
    return this.clock === undefined
      ? sql`clock_timestamp()`
      : sql`${this.clock.now().toISOString()}::timestamptz`;
  }
}

/** Everybody locks the rows of locations in this order; of one location, who came first is first. */
function inOrder<Turn extends AskedTurn>(turns: readonly Turn[]): readonly Turn[] {
  return [...turns].sort((one, other) =>
    one.locationId < other.locationId ? -1 : Number(one.locationId > other.locationId),
  );
}

function given<T>(answer: T | undefined): T {
  if (answer === undefined) throw new Error('A turn was neither granted nor refused');
  return answer;
}

function readGrant({ granted, wait_ms }: TakeRow): RateLimitGrant {
  const waitMs = Math.ceil(wait_ms);
  if (granted) return { granted: true, waitMs: Math.max(0, waitMs) };
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
 * Within any closed window of 10 s GCRA grants at most `burst + window / interval` calls, and lent turns
 * make the window longer by what they may be late. A fifth of the limit is burst and the rest is pace, so
 * the sum never exceeds the limit wherever the window lies. A limit of one call is kept by pacing it at half.
 */
export function callBudget(limitPer10s: number): CallBudget {
  if (!Number.isInteger(limitPer10s) || limitPer10s < 1) {
    throw new RangeError(`The CRM rate limit must be a whole number above 0, not ${limitPer10s}.`);
  }
  const burst = Math.max(1, Math.floor(limitPer10s * BURST_SHARE));
  const paced = Math.max(limitPer10s - burst, 0.5);
  const even = Math.ceil((LIMIT_WINDOW_MS * MICROS_PER_MS) / paced);
  const withLate = ((LIMIT_WINDOW_MS + LENT_PAST_MS) * MICROS_PER_MS) / (paced + 1);
  return { burst, intervalMicros: Math.max(even, Math.floor(withLate) + 1) };
}
