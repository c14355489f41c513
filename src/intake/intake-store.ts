import { Injectable } from '@nestjs/common';
import type { DatabaseTransaction } from '../database/transactions.js';
import type { Delivery } from '../leads/crm-event.js';
import { leadKeyText, type LeadKey } from '../leads/lead-key.js';
import { LeadRepository } from '../leads/lead.repository.js';
import { GrowthCounterRepository } from '../growth/counters/growth-counter.repository.js';
import { ConsequenceStore } from './consequence-store.js';
import {
  keyOf,
  UNKNOWN_LEAD,
  type DecidedDelivery,
  type LeadSituation,
} from './decided-delivery.js';
import { DeliveryRepository } from './delivery.repository.js';

/** The tables of intake, read and written for a whole batch at a time. */
@Injectable()
export class IntakeStore {
  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly leads: LeadRepository,
    private readonly consequences: ConsequenceStore,
    private readonly counters: GrowthCounterRepository,
  ) {}

  claim(
    trx: DatabaseTransaction,
    deliveries: readonly Delivery[],
    now: Date,
  ): Promise<ReadonlySet<Delivery>> {
    return this.deliveries.claim(trx, deliveries, now);
  }

  /** Locks the leads that these deliveries concern until the end of the transaction. */
  async loadSituations(
    trx: DatabaseTransaction,
    deliveries: readonly Delivery[],
    now: Date,
  ): Promise<ReadonlyMap<Delivery, LeadSituation>> {
    const keys = deliveries.flatMap((delivery) => leadOf(delivery) ?? []);
    const leads = await this.leads.lock(trx, keys, now);
    const around = await this.consequences.findSurroundings(trx, deliveries, keys);
    return new Map(
      deliveries.map((delivery) => {
        const key = leadKeyText(keyOf({ delivery }));
        const situation = {
          ...(leads.get(key) ?? UNKNOWN_LEAD),
          standing: around.standings.get(key) ?? null,
          handoff: around.handoffs.get(key) ?? null,
          isEcho: around.echoes.has(delivery),
        };
        return [delivery, situation];
      }),
    );
  }

  keepFailed(trx: DatabaseTransaction, failed: DecidedDelivery): Promise<void> {
    return this.deliveries.recordFailed(trx, failed);
  }

  async save(
    trx: DatabaseTransaction,
    decided: readonly DecidedDelivery[],
    now: Date,
  ): Promise<void> {
    const failed = decided.filter(({ state }) => state === 'failed');
    await this.deliveries.recordDeliveries(trx, decided);
    await this.deliveries.releaseClaims(
      trx,
      failed.map(({ delivery }) => delivery),
    );
    await this.leads.saveContexts(trx, decided.flatMap(changedContext), now);
    await this.leads.saveFeatureStates(trx, decided.flatMap(changedStates), now);
    await this.deliveries.recordDecisions(trx, decided, now);
    await this.consequences.save(trx, decided, now);
    await this.counters.add(
      trx,
      decided.flatMap(({ increments }) => increments),
    );
  }
}

/** Kinds of events that read or change a lead. */
const CONCERNS_A_LEAD: ReadonlySet<string> = new Set(['lead', 'change', 'outbound']);

/** The lead that a delivery reads or changes; undefined when it concerns none. */
export function leadOf(delivery: Delivery): LeadKey | undefined {
  const { kind, contactId } = delivery.event;
  return contactId !== null && CONCERNS_A_LEAD.has(kind) ? keyOf({ delivery }) : undefined;
}

function changedContext(one: DecidedDelivery) {
  return one.lead === null ? [] : [{ ...keyOf(one), context: one.lead.context }];
}

function changedStates(one: DecidedDelivery) {
  return Object.entries(one.changedStates).map(([feature, state]) => ({
    ...keyOf(one),
    feature,
    state,
  }));
}
