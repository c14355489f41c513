import { Injectable, type OnModuleInit } from '@nestjs/common';
import { sql } from 'kysely';
import { daysBefore, deleteDue, Retention } from '../database/retention.js';
import { Transactions } from '../database/transactions.js';
import { GrowthCounterRepository } from '../growth/counters/growth-counter.repository.js';
import { dayThere, isoDate } from '../leads/analysis/facts/days.js';
import { LLM_READING } from '../growth/growth-feature.js';
import { incrementsOf } from '../growth/growth-ledger.js';
import { Clock } from '../shared/clock.js';

const USE = { table: 'language_model_use', key: ['location_id', 'day'] } as const;
/** A year and a day of bills. */
const KEPT_DAYS = 366;

/** A location's account of one day. */
export interface ModelAccount {
  readonly locationId: string;
  /** YYYY-MM-DD in the location's zone. */
  readonly day: string;
}

/** What the language model costs, and what is counted of asking it. */
@Injectable()
export class ModelUseRepository implements OnModuleInit {
  constructor(
    private readonly transactions: Transactions,
    private readonly counters: GrowthCounterRepository,
    private readonly retention: Retention,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.retention.register((executor, now, limit) =>
      deleteDue(executor, USE, sql`day < (${daysBefore(now, KEPT_DAYS)})::date`, limit),
    );
  }

  /** Today's, as the location counts days. */
  accountOf(locationId: string, timezone: string): ModelAccount {
    return { locationId, day: isoDate(dayThere(this.clock.now(), timezone)) };
  }

  /**
   * Sets the price of a call aside, over all replicas; false when the day's budget does not hold it.
   *
   * @param events counted with it, before the call that they announce
   */
  async reserve(
    { locationId, day }: ModelAccount,
    { costUsd, budgetUsd }: { readonly costUsd: number; readonly budgetUsd: number },
    events: readonly string[],
  ): Promise<boolean> {
    return this.transactions.inTransaction(async (trx) => {
      const { rows } = await sql`
        insert into language_model_use as used (location_id, day, calls, cost_usd)
        select ${locationId}, ${day}::date, 1, ${costUsd}::numeric
        where ${costUsd}::numeric <= ${budgetUsd}::numeric
        on conflict (location_id, day) do update
          set calls = used.calls + 1, cost_usd = used.cost_usd + excluded.cost_usd
          where used.cost_usd + excluded.cost_usd <= ${budgetUsd}::numeric
        returning 1`.execute(trx);
      if (rows.length > 0) await this.counters.add(trx, incrementsOf(LLM_READING, events));
      return rows.length > 0;
    });
  }

  /** The bill in place of what was set aside. */
  settle({ locationId, day }: ModelAccount, differenceUsd: number): Promise<void> {
    return this.transactions.inTransaction(async (trx) => {
      await sql`
      update language_model_use set cost_usd = greatest(0, cost_usd + ${differenceUsd}::numeric)
      where location_id = ${locationId} and day = ${day}::date`.execute(trx);
    });
  }

  /** Events of the feature that no call belongs to. */
  count(events: readonly string[]): Promise<void> {
    return this.transactions.inTransaction((trx) =>
      this.counters.add(trx, incrementsOf(LLM_READING, events)),
    );
  }
}
