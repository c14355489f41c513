import { Injectable } from '@nestjs/common';
import type { DatabaseTransaction } from '../../database/transactions.js';
import { EffectRepository } from '../../effects/effect.repository.js';
import type { Delivery, OutboundMessage } from '../../leads/crm-event.js';
import { LeadRepository, type LeadKey, type LeadState } from '../../leads/lead.repository.js';
import { GrowthCounterRepository } from '../../telemetry/growth-counter.repository.js';
import type { DecidedDelivery } from './decided-delivery.js';
import { DeliveryRepository } from './delivery.repository.js';

/** The tables of intake, read and written for a whole batch at a time. */
@Injectable()
export class IntakeStore {
  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly leads: LeadRepository,
    private readonly effects: EffectRepository,
    private readonly counters: GrowthCounterRepository,
  ) {}

  claim(
    trx: DatabaseTransaction,
    deliveries: readonly Delivery[],
    now: Date,
  ): Promise<ReadonlySet<Delivery>> {
    return this.deliveries.claim(trx, deliveries, now);
  }

  /** Locks the leads until the end of the transaction. */
  loadLeads(
    trx: DatabaseTransaction,
    keys: readonly LeadKey[],
    now: Date,
  ): Promise<ReadonlyMap<string, LeadState>> {
    return this.leads.lock(trx, keys, now);
  }

  /** Outbound messages that are our own sends coming back. */
  async findEchoes(
    trx: DatabaseTransaction,
    deliveries: readonly Delivery[],
  ): Promise<ReadonlySet<Delivery>> {
    const outbound = deliveries.filter(isOutbound);
    if (outbound.length === 0) return new Set();
    const own = await this.effects.findOwnMessages(
      trx,
      outbound.map(({ event }) => event),
    );
    return new Set(outbound.filter(({ event }) => own.has(event)));
  }

  async save(
    trx: DatabaseTransaction,
    decided: readonly DecidedDelivery[],
    now: Date,
  ): Promise<void> {
    await this.deliveries.recordDeliveries(trx, decided);
    await this.deliveries.releaseClaims(
      trx,
      decided.filter(isFailed).map(({ delivery }) => delivery),
    );
    await this.leads.saveContexts(trx, decided.flatMap(changedContext), now);
    await this.leads.saveFeatureStates(trx, decided.flatMap(changedStates), now);
    await this.deliveries.recordDecisions(trx, decided, now);
    await this.effects.cancelFollowUps(trx, decided.flatMap(cancellation), now);
    await this.effects.enqueue(
      trx,
      decided.flatMap((one) => effectRequests(one, now)),
      now,
    );
    await this.counters.add(
      trx,
      decided.flatMap(({ increments }) => increments),
    );
  }
}

type OutboundDelivery = Delivery & { readonly event: OutboundMessage };

function isOutbound(delivery: Delivery): delivery is OutboundDelivery {
  return delivery.event.kind === 'outbound';
}

function isFailed({ state }: DecidedDelivery): boolean {
  return state === 'failed';
}

function keyOf({ delivery }: DecidedDelivery): LeadKey {
  return { locationId: delivery.locationId, contactId: delivery.event.contactId ?? '' };
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

function cancellation(one: DecidedDelivery) {
  return one.cancelFollowUps === null ? [] : [{ ...keyOf(one), reason: one.cancelFollowUps }];
}

function effectRequests(one: DecidedDelivery, now: Date) {
  const origin = `${one.delivery.deliveryId}@${now.getTime()}`;
  return one.effects.map((draft) => ({ ...keyOf(one), origin, draft }));
}
