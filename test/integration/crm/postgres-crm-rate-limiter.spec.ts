import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import {
  callBudget,
  LIMIT_WINDOW_MS,
  PostgresCrmRateLimiter,
} from '../../../src/crm/rate-limit/postgres-crm-rate-limiter.js';
import { Clock } from '../../../src/shared/clock.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';

const START = Date.parse('2026-06-01T12:00:00Z');

class SteppingClock extends Clock {
  private time = START;
  get ms(): number {
    return this.time;
  }
  override now(): Date {
    return new Date(this.time);
  }
  advance(ms: number): void {
    this.time += ms;
  }
}

let testDatabase: TestDatabase;
let database: Kysely<unknown>;
let clock: SteppingClock;
let lastLocation = 0;
let locationId: string;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  const pool = new pg.Pool({ connectionString: testDatabase.url, max: 5 });
  database = new Kysely({ dialect: new PostgresDialect({ pool }) });
  await sql`
    CREATE TABLE IF NOT EXISTS crm_rate_limit (
      location_id text PRIMARY KEY,
      tat timestamptz NOT NULL
    )
  `.execute(database);
});

afterAll(async () => {
  await database.destroy();
  await testDatabase.drop();
});

beforeEach(() => {
  clock = new SteppingClock();
  lastLocation += 1;
  locationId = `loc-${lastLocation}`;
});

const limiterOf = (limit: number) => new PostgresCrmRateLimiter(database, callBudget(limit), clock);

/** Takes calls until refused. */
async function drain(limiter: PostgresCrmRateLimiter): Promise<number> {
  let granted = 0;
  while ((await limiter.take(locationId, 1)).granted) granted += 1;
  return granted;
}

/** How often the database is asked meanwhile. */
async function callsIn(work: () => Promise<unknown>): Promise<number> {
  const asked = jest.spyOn(pg.Client.prototype, 'query');
  await work();
  const times = asked.mock.calls.length;
  asked.mockRestore();
  return times;
}

/** The largest number of grants in any closed window of 10 s. */
function busiestWindow(times: readonly number[]): number {
  return Math.max(
    0,
    ...times.map((from) => times.filter((at) => at >= from && at <= from + LIMIT_WINDOW_MS).length),
  );
}

describe('PostgresCrmRateLimiter', () => {
  it('grants a burst, then says exactly how long to wait', async () => {
    const limiter = limiterOf(100);
    expect(await drain(limiter)).toBe(20);
    expect(await limiter.take(locationId, 1)).toEqual({ granted: false, retryAfterMs: 125 });
    clock.advance(124);
    expect(await limiter.take(locationId, 1)).toEqual({ granted: false, retryAfterMs: 1 });
    clock.advance(1);
    expect(await limiter.take(locationId, 1)).toEqual({ granted: true, waitMs: 0 });
    expect(await limiter.take(locationId, 1)).toMatchObject({ granted: false });
  });

  it('reaches the limit, and no more, in ten seconds of unbroken demand', async () => {
    const limiter = limiterOf(100);
    const times: number[] = [];
    while (clock.ms <= START + 2 * LIMIT_WINDOW_MS) {
      for (let call = await drain(limiter); call > 0; call -= 1) times.push(clock.ms);
      clock.advance(125);
    }
    expect(busiestWindow(times)).toBe(100);
  });

  it('never grants more than the limit in any window of 10 s', async () => {
    const pauses = fc.array(fc.integer({ min: 0, max: 4_000 }), { minLength: 5, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 30 }), pauses, async (limit, pausesMs) => {
        locationId = `${locationId}+`;
        const limiter = limiterOf(limit);
        const times: number[] = [];
        for (const pauseMs of pausesMs) {
          for (let call = await drain(limiter); call > 0; call -= 1) times.push(clock.ms);
          clock.advance(pauseMs);
        }
        expect(times.length).toBeGreaterThan(0);
        expect(busiestWindow(times)).toBeLessThanOrEqual(limit);
      }),
      { numRuns: 15 },
    );
  });

  it('books slots for those who are ready to wait, in turn and never more than the limit', async () => {
    const limiter = limiterOf(100);
    const times: number[] = [];
    for (let round = 0; round < 60; round += 1) {
      for (let call = 0; call < 5; call += 1) {
        const grant = await limiter.take(locationId, 1, 1_500);
        if (grant.granted) times.push(clock.ms + grant.waitMs);
        else expect(grant.retryAfterMs).toBeGreaterThan(1_500);
      }
      clock.advance(250);
    }
    expect(times).toEqual([...times].sort((left, right) => left - right));
    expect(busiestWindow(times)).toBeLessThanOrEqual(100);
    expect(times.length).toBeGreaterThan(100);
  });

  it('is one budget for all replicas at the same moment', async () => {
    const replicas = [limiterOf(100), limiterOf(100), limiterOf(100)];
    const grants = await Promise.all(
      replicas.flatMap((replica) => Array.from({ length: 20 }, () => replica.take(locationId, 1))),
    );
    expect(grants.filter((grant) => grant.granted)).toHaveLength(20);
    const waits = grants.flatMap((grant) => (grant.granted ? [] : [grant.retryAfterMs]));
    expect(Math.min(...waits)).toBeGreaterThan(0);
  });

  it.each([0, 90, 240, 1_000, 5_000])(
    'never grants more than the limit in any window of 10 s to replicas that use lent turns %d ms later',
    async (laterMs) => {
      const replicas = Array.from({ length: 4 }, () => limiterOf(100));
      const times: number[] = [];
      const take = async (limiter: PostgresCrmRateLimiter): Promise<boolean> => {
        const { granted } = await limiter.take(locationId, 1);
        if (granted) times.push(clock.ms);
        return granted;
      };
      for (const limiter of replicas) await take(limiter);
      clock.advance(laterMs);
      for (const until = clock.ms + LIMIT_WINDOW_MS; clock.ms <= until; clock.advance(125)) {
        for (const limiter of replicas) while (await take(limiter));
      }
      expect(busiestWindow(times)).toBeLessThanOrEqual(100);
      expect(times.length).toBeGreaterThan(90);
    },
  );

  it('asks once for a few calls, while the location has plenty', async () => {
    const limiter = limiterOf(100);
    const asked = await callsIn(async () => {
      for (let call = 0; call < 4; call += 1) {
        expect(await limiter.take(locationId, 1)).toEqual({ granted: true, waitMs: 0 });
      }
    });
    expect(asked).toBe(1);
    // What it did not lend is there for others: sixteen are left of twenty.
    expect(await drain(limiterOf(100))).toBe(16);
    expect(await callsIn(() => drain(limiter))).toBe(1);
  });

  it('loses what it lent and nobody used, and lends nothing to a location that waits', async () => {
    const limiter = limiterOf(100);
    await limiter.take(locationId, 1);
    clock.advance(251);
    const asked = await callsIn(async () => void (await limiter.take(locationId, 1)));
    expect(asked).toBe(1);
    await limiter.penalise(locationId, 5_000);
    expect(await limiter.take(locationId, 1)).toEqual({ granted: false, retryAfterMs: 5_000 });
  });

  it('takes several calls or none', async () => {
    const limiter = limiterOf(100);
    expect(await limiter.take(locationId, 15)).toEqual({ granted: true, waitMs: 0 });
    expect(await limiter.take(locationId, 6)).toEqual({ granted: false, retryAfterMs: 125 });
    expect(await limiter.take(locationId, 5)).toEqual({ granted: true, waitMs: 0 });
    await expect(limiter.take(locationId, 21)).rejects.toThrow(RangeError);
  });

  it('keeps locations apart', async () => {
    const limiter = limiterOf(100);
    await drain(limiter);
    expect(await limiter.take(`${locationId}-other`, 1)).toEqual({ granted: true, waitMs: 0 });
  });

  it('makes everybody wait after a penalty, and then go slowly', async () => {
    const [one, two] = [limiterOf(100), limiterOf(100)];
    await one.penalise(locationId, 5_000);
    expect(await two.take(locationId, 1)).toEqual({ granted: false, retryAfterMs: 5_000 });
    clock.advance(5_000);
    expect(await drain(two)).toBe(1);
    clock.advance(1_000);
    expect(await drain(two)).toBe(8);
  });

  it('never shortens a penalty by a smaller one', async () => {
    const limiter = limiterOf(100);
    await limiter.penalise(locationId, 5_000);
    await limiter.penalise(locationId, 100);
    expect(await limiter.take(locationId, 1)).toEqual({ granted: false, retryAfterMs: 5_000 });
  });

  it("uses the database's clock when none is given", async () => {
    const limiter = new PostgresCrmRateLimiter(database, callBudget(100));
    expect(await limiter.take(locationId, 20)).toEqual({ granted: true, waitMs: 0 });
    await limiter.penalise(locationId, 60_000);
    const refused = await limiter.take(locationId, 1);
    expect(refused.granted ? 0 : refused.retryAfterMs).toBeGreaterThan(50_000);
    expect(refused.granted ? 0 : refused.retryAfterMs).toBeLessThanOrEqual(60_000);
  });

  it('says so when the database is away', async () => {
    const pool = new pg.Pool({ connectionString: 'postgres://nobody@127.0.0.1:9/none' });
    const away = new Kysely({ dialect: new PostgresDialect({ pool }) });
    await expect(
      new PostgresCrmRateLimiter(away, callBudget(100)).take(locationId, 1),
    ).rejects.toThrow();
    await away.destroy();
  });
});
