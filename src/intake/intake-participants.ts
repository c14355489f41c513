import { Inject, Injectable } from '@nestjs/common';
import { ConversionRepository } from '../conversions/conversion.repository.js';
import type { DatabaseTransaction } from '../database/transactions.js';
import { EffectRepository, type EffectRequest } from '../effects/effect.repository.js';
import { GrowthCounterRepository } from '../growth/counters/growth-counter.repository.js';
import { HandoffStore } from '../handoffs/handoff-store.js';
import { concernsLead, type Delivery } from '../leads/crm-event.js';
import { LeadRepository } from '../leads/lead.repository.js';
import { UNKNOWN_LEAD, type Situation } from './decide/decision.js';
import type { Decided } from './decider.js';
import { DecisionRepository } from './decision.repository.js';
import { DeliveryRepository } from './delivery.repository.js';

/** What one transaction stores. */
export interface IntakeBatch {
  readonly decided: readonly Decided[];
  /** The time of the decisions. */
  readonly at: Date;
  /** What was asked for so far, beside the decisions' own effects. */
  readonly requests: readonly EffectRequest[];
  /** Hands in what is to be sent because of what a participant stored. */
  ask(requests: readonly EffectRequest[]): void;
}

/**
 * A room that takes part in the intake transaction. A new kind of consequence is a further one: a
 * class of its room with these methods, and a line in the list below.
 */
export interface IntakeParticipant {
  /**
   * The room's part of each delivery's situation. Locks what must not change until the commit.
   *
   * @param deliveries of leads that differ from each other
   */
  load?(
    trx: DatabaseTransaction,
    deliveries: readonly Delivery[],
    at: Date,
  ): Promise<ReadonlyMap<Delivery, Partial<Situation>>>;
  /** Stores the room's part of the decisions. */
  save(trx: DatabaseTransaction, batch: IntakeBatch): Promise<void>;
}

/** Injection token of the list. */
export const INTAKE_PARTICIPANTS = Symbol('INTAKE_PARTICIPANTS');

/**
 * All participants in the order in which rows are locked everywhere: leads, then handoffs, then lanes.
 * Effects come behind whoever asks for some; counters last, since all replicas write the same rows.
 */
export const INTAKE_PARTICIPANTS_PROVIDER = {
  provide: INTAKE_PARTICIPANTS,
  inject: [
    DeliveryRepository,
    LeadRepository,
    DecisionRepository,
    ConversionRepository,
    HandoffStore,
    EffectRepository,
    GrowthCounterRepository,
  ],
  useFactory: (...participants: IntakeParticipant[]): IntakeParticipant[] => participants,
};

/** The participants as one. */
@Injectable()
export class IntakeParticipants {
  constructor(
    @Inject(INTAKE_PARTICIPANTS) private readonly participants: readonly IntakeParticipant[],
  ) {}

  async load(
    trx: DatabaseTransaction,
    deliveries: readonly Delivery[],
    at: Date,
  ): Promise<ReadonlyMap<Delivery, Situation>> {
    const situations = new Map(deliveries.map((delivery) => [delivery, UNKNOWN_LEAD]));
    const concerned = deliveries.filter(concernsLead);
    if (concerned.length === 0) return situations;
    for (const participant of this.participants) {
      for (const [delivery, part] of (await participant.load?.(trx, concerned, at)) ?? []) {
        situations.set(delivery, { ...UNKNOWN_LEAD, ...situations.get(delivery), ...part });
      }
    }
    return situations;
  }

  async save(trx: DatabaseTransaction, decided: readonly Decided[], at: Date): Promise<void> {
    const requests: EffectRequest[] = [];
    const ask: IntakeBatch['ask'] = (more) => void requests.push(...more);
    for (const participant of this.participants) {
      await participant.save(trx, { decided, at, requests, ask });
    }
  }
}
