import { Injectable } from '@nestjs/common';
import { Transactions, type DatabaseTransaction } from '../database/transactions.js';
import type { Delivery } from '../leads/crm-event.js';
import { Clock } from '../shared/clock.js';
import { runInRequestContext } from '../telemetry/request-context.js';
import {
  failedDelivery,
  UNKNOWN_LEAD,
  type DecidedDelivery,
  type IntakeOutcome,
} from './decided-delivery.js';
import { DeliveryDecider } from './delivery-decider.js';
import { IntakeStore } from './intake-store.js';

/**
 * One transaction for a batch of deliveries: claim, load and lock, decide, store. Either all of it
 * is committed or none, so that a delivery is never half done and its repeat is never ignored
 * without having been decided.
 */
@Injectable()
export class IntakeTransaction {
  constructor(
    private readonly transactions: Transactions,
    private readonly store: IntakeStore,
    private readonly decider: DeliveryDecider,
    private readonly clock: Clock,
  ) {}

  /** @param batch deliveries whose claims and whose leads differ from each other */
  async run(batch: readonly Delivery[]): Promise<IntakeOutcome[]> {
    return this.transactions.inTransaction(async (trx) => {
      const now = this.clock.now();
      const fresh = await this.store.claim(trx, batch, now);
      const decided = await this.decideAll(
        trx,
        batch.filter((delivery) => fresh.has(delivery)),
        now,
      );
      await this.store.save(trx, decided, now);
      const outcomes = new Map(decided.map(({ delivery, outcome }) => [delivery, outcome]));
      return batch.map((delivery) => outcomes.get(delivery) ?? { status: 'duplicate' });
    });
  }

  /** Keeps a delivery that could not be stored with its neighbours, for replay; its ids stay unclaimed. */
  async keepFailed(delivery: Delivery, error: unknown): Promise<void> {
    await this.transactions.inTransaction((trx) =>
      this.store.keepFailed(trx, failedDelivery(delivery, error)),
    );
  }

  private async decideAll(
    trx: DatabaseTransaction,
    deliveries: readonly Delivery[],
    now: Date,
  ): Promise<DecidedDelivery[]> {
    if (deliveries.length === 0) return [];
    const situations = await this.store.loadSituations(trx, deliveries, now);
    return deliveries.map((delivery) =>
      runInRequestContext({ deliveryId: delivery.deliveryId }, () =>
        this.decider.decide(delivery, situations.get(delivery) ?? UNKNOWN_LEAD, now),
      ),
    );
  }
}
