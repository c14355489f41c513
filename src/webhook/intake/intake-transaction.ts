import { Injectable } from '@nestjs/common';
import { Transactions, type DatabaseTransaction } from '../../database/transactions.js';
import type { Delivery } from '../../leads/crm-event.js';
import { EMPTY_CONTEXT } from '../../leads/lead-context.js';
import { leadKeyText, type LeadKey, type LeadState } from '../../leads/lead.repository.js';
import { Clock } from '../../shared/clock.js';
import { unchanged, type DecidedDelivery, type IntakeOutcome } from './decided-delivery.js';
import { DeliveryDecider } from './delivery-decider.js';
import { IntakeStore } from './intake-store.js';

/** Kinds of events that read or change a lead. */
const CONCERNS_A_LEAD: ReadonlySet<string> = new Set(['lead', 'change', 'outbound']);

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

  /** Keeps a delivery that could not be stored with its neighbours for replay, its ids unclaimed. */
  async keepFailed(delivery: Delivery, error: unknown): Promise<void> {
    const failed = { ...unchanged(delivery, 'failed'), error: String(error) };
    await this.transactions.inTransaction((trx) =>
      this.store.save(trx, [failed], this.clock.now()),
    );
  }

  private async decideAll(
    trx: DatabaseTransaction,
    deliveries: readonly Delivery[],
    now: Date,
  ): Promise<DecidedDelivery[]> {
    const leads = await this.store.loadLeads(trx, keysOf(deliveries), now);
    const echoes = await this.store.findEchoes(trx, deliveries);
    return deliveries.map((delivery) => {
      const key = leadKeyText({
        locationId: delivery.locationId,
        contactId: delivery.event.contactId ?? '',
      });
      return this.decider.decide(
        delivery,
        leads.get(key) ?? UNKNOWN_LEAD,
        echoes.has(delivery),
        now,
      );
    });
  }
}

const UNKNOWN_LEAD: LeadState = { context: EMPTY_CONTEXT, featureStates: {} };

/** The leads that these deliveries concern. */
function keysOf(deliveries: readonly Delivery[]): LeadKey[] {
  return deliveries.flatMap((delivery) => leadOf(delivery) ?? []);
}

/** The lead that a delivery reads or changes; undefined when it concerns none. */
export function leadOf({ locationId, event }: Delivery): LeadKey | undefined {
  if (event.contactId === null || !CONCERNS_A_LEAD.has(event.kind)) return undefined;
  return { locationId, contactId: event.contactId };
}
