import { Inject, Injectable } from '@nestjs/common';
import { ConversionRepository } from '../conversions/conversion.repository.js';
import { ConsentRepository } from '../consent/consent.repository.js';
import { Reading, type Statement } from '../database/reading.js';
import { EffectRepository, type EffectRequest } from '../effects/effect.repository.js';
import { DecisionCounters } from '../growth/counters/decision-counters.js';
import type { Handoff } from '../handoffs/handoff.js';
import { HandoffStore } from '../handoffs/handoff-store.js';
import { concernsLead, type Delivery } from '../leads/crm-event.js';
import { LeadRepository } from '../leads/lead.repository.js';
import { UNKNOWN_LEAD, type Situation } from './decide/decision.js';
import type { Decided } from './decider.js';
import { DecisionRepository } from './decision.repository.js';
import { DeliveryRepository } from './delivery.repository.js';

/** What a flush has read of a delivery's lead: its situation, and what spares or needs writing. */
export interface LoadedLead extends Situation {
  /** Whether the lead has a row. */
  readonly isStored: boolean;
  /** Whether it has messages to cancel that have not gone out. */
  readonly hasPlans: boolean;
  readonly handoff: Handoff | null;
}

const UNKNOWN: LoadedLead = {
  ...UNKNOWN_LEAD,
  isStored: false,
  hasPlans: false,
  handoff: null,
};

/** Of deliveries that concern a lead. */
export type LoadedLeads = ReadonlyMap<Delivery, LoadedLead>;

/** What one transaction stores. */
export interface IntakeBatch {
  readonly decided: readonly Decided[];
  readonly loaded: LoadedLeads;
  /** The time of the decisions. */
  readonly at: Date;
  /** What was asked for so far, beside the decisions' own effects. */
  readonly requests: readonly EffectRequest[];
  /** Hands in what is to be sent because of what a participant stores. */
  ask(requests: readonly EffectRequest[]): void;
  /** For what can only be known after deciding: costs a round trip while rows are locked. */
  read<Value>(reading: Reading<Value>): Promise<Value>;
}

/**
 * A room that takes part in the intake transaction. A new kind of consequence is a further one: a
 * class of its room with these methods, and a line in the list below.
 */
export interface IntakeParticipant {
  /**
   * The room's part of each delivery's situation. Locks what must not change until the commit. Read
   * together with the claims, hence of repeats, too.
   *
   * @param deliveries of leads that differ from each other
   */
  load?(
    deliveries: readonly Delivery[],
    at: Date,
  ): Reading<ReadonlyMap<Delivery, Partial<LoadedLead>>>;
  /** What stores the room's part of the decisions; sent with the commit. */
  save(batch: IntakeBatch): readonly Statement[] | Promise<readonly Statement[]>;
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
    ConsentRepository,
    DecisionRepository,
    ConversionRepository,
    HandoffStore,
    EffectRepository,
    DecisionCounters,
  ],
  useFactory: (...participants: IntakeParticipant[]): IntakeParticipant[] => participants,
};

/** The participants as one. */
@Injectable()
export class IntakeParticipants {
  constructor(
    @Inject(INTAKE_PARTICIPANTS) private readonly participants: readonly IntakeParticipant[],
  ) {}

  /** What is known of the leads of those deliveries that concern one. */
  load(deliveries: readonly Delivery[], at: Date): Reading<LoadedLeads> {
    const concerned = deliveries.filter(concernsLead);
    if (concerned.length === 0) return Reading.known(new Map());
    const parts = this.participants.flatMap((one) => one.load?.(concerned, at) ?? []);
    return Reading.all(parts).map(
      (read) =>
        new Map(
          concerned.map((delivery) => [
            delivery,
            Object.assign({}, UNKNOWN, ...read.map((part) => part.get(delivery))) as LoadedLead,
          ]),
        ),
    );
  }

  /** The statements of all, in the order in which rows are locked. */
  async save(batch: Omit<IntakeBatch, 'requests' | 'ask'>): Promise<readonly Statement[]> {
    const requests: EffectRequest[] = [];
    const ask: IntakeBatch['ask'] = (more) => void requests.push(...more);
    const statements: Statement[] = [];
    for (const participant of this.participants) {
      statements.push(...(await participant.save({ ...batch, requests, ask })));
    }
    return statements;
  }
}
