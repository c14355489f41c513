import { Injectable } from '@nestjs/common';
import { ConversionStore } from '../conversions/conversion-store.js';
import type { OutcomeStanding } from '../conversions/standing/outcome-standing.js';
import type { DatabaseTransaction } from '../database/transactions.js';
import {
  EffectRepository,
  type EffectRequest,
  type FollowUpCancellation,
} from '../effects/effect.repository.js';
import type { Handoff } from '../handoffs/handoff.js';
import { HandoffStore } from '../handoffs/handoff-store.js';
import type { Delivery, OutboundMessage } from '../leads/crm-event.js';
import type { LeadKey } from '../leads/lead-key.js';
import { keyOf, type DecidedDelivery } from './decided-delivery.js';

/** What stands around a lead besides its context, by `leadKeyText`. */
export interface Surroundings {
  readonly standings: ReadonlyMap<string, OutcomeStanding>;
  readonly handoffs: ReadonlyMap<string, Handoff>;
  /** Outbound messages that are our own sends coming back. */
  readonly echoes: ReadonlySet<Delivery>;
}

/** What follows from decisions: outcomes, handoffs, and everything that leaves the process. */
@Injectable()
export class ConsequenceStore {
  constructor(
    private readonly conversions: ConversionStore,
    private readonly handoffs: HandoffStore,
    private readonly effects: EffectRepository,
  ) {}

  /** The leads must be locked already. */
  async findSurroundings(
    trx: DatabaseTransaction,
    deliveries: readonly Delivery[],
    leads: readonly LeadKey[],
  ): Promise<Surroundings> {
    const standings = await this.conversions.findStandings(trx, deliveries);
    const handoffs = await this.handoffs.findOpen(trx, leads);
    return { standings, handoffs, echoes: await this.findEchoes(trx, deliveries) };
  }

  /** In the order in which rows are locked everywhere: handoffs before lanes. */
  async save(
    trx: DatabaseTransaction,
    decided: readonly DecidedDelivery[],
    now: Date,
  ): Promise<void> {
    await this.conversions.record(trx, decided, now);
    const changes = decided.flatMap(({ handoff }) => handoff ?? []);
    const ofHandoffs = await this.handoffs.apply(trx, changes, now);
    const own = decided.flatMap((one) => effectRequests(one, now));
    const cancellations = decided.flatMap(cancellation);
    await this.effects.replan(trx, { requests: [...own, ...ofHandoffs], cancellations }, now);
  }

  private async findEchoes(
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
}

type OutboundDelivery = Delivery & { readonly event: OutboundMessage };

function isOutbound(delivery: Delivery): delivery is OutboundDelivery {
  return delivery.event.kind === 'outbound';
}

function cancellation(one: DecidedDelivery): FollowUpCancellation[] {
  return one.cancelFollowUps === null ? [] : [{ ...keyOf(one), reason: one.cancelFollowUps }];
}

function effectRequests(one: DecidedDelivery, now: Date): EffectRequest[] {
  const origin = `${one.delivery.deliveryId}@${now.getTime()}`;
  return one.effects.map((draft) => ({ ...keyOf(one), origin, draft }));
}
