import { jest } from '@jest/globals';
import { sql } from 'kysely';
import { Clock } from '../../../../src/shared/clock.js';
import type { TestApp } from '../../../support/test-app.js';
import { until } from '../../../support/until.js';

/** Longer than a busy machine lies between reading the clock and asking the database. */
const ASKED_MEANWHILE_MS = 2_000;

/** The application's clock, which a test may put forward; it goes on ticking. */
export class MovedClock {
  private aheadMs = 0;

  constructor(private readonly testApp: Pick<TestApp, 'app' | 'database'>) {
    jest.spyOn(testApp.app.get(Clock), 'now').mockImplementation(() => this.now());
  }

  now(): Date {
    return new Date(Date.now() + this.aheadMs);
  }

  /**
   * Then waits until all that has become due has been worked off. Nothing may be under way when the
   * clock jumps: its lease would seem to have ended.
   */
  async advance(byMs: number): Promise<void> {
    this.aheadMs += byMs;
    await this.settle();
  }

  /** Until all that is due by this clock has been worked off; the database's own clock is behind it. */
  settle(): Promise<void> {
    return until(async () => (await this.countUnfinished()) === 0);
  }

  /**
   * By the time of asking: what is worked off may ask for more at once. That may be stored between
   * the reading of the clock here and the statement's snapshot, hence the slack.
   */
  private async countUnfinished(): Promise<number> {
    const dueBy = new Date(this.now().getTime() + ASKED_MEANWHILE_MS);
    const { rows } = await sql<{ unfinished: number }>`
      select (select count(*) from effect where state in ('pending', 'sending') and due_at <= ${dueBy})
        + (select count(*) from lane where leased_until is not null) as unfinished`.execute(
      this.testApp.database,
    );
    return rows[0]?.unfinished ?? 0;
  }
}
