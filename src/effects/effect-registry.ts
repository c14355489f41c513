import { Injectable } from '@nestjs/common';
import type { PipelinedTransaction } from '../database/pipelined-transaction.js';
import type { LeadKey } from '../leads/lead-key.js';
import type { LaneHold, StoredEffect } from './claimed-lane.js';
import type { Disposition } from './disposition.js';
import type { EffectKind, EffectPayload } from './effect.js';

/**
 * The lane that effects travel in: their contact's, or one beside it, named by its prefix. A
 * contact's lane stops at the first effect that has to be tried again; what must neither hold a
 * message up nor wait for one travels beside it, under a contact that does not exist. What travels
 * there makes no calls to the CRM, and waits for no turn there.
 */
export type EffectLane = 'contact' | `${string}:`;

/** Carries out the effects of some kinds. Expected failures are dispositions; only faults throw. */
export interface EffectHandler<Kind extends EffectKind = EffectKind> {
  readonly kinds: readonly Kind[];
  readonly lane: EffectLane;
  deliver(lane: LaneHold, effect: StoredEffect, payload: EffectPayload<Kind>): Promise<Disposition>;
}

/** A text that nobody wrote by hand. */
export interface AutomaticMessage {
  readonly purpose: 'reply' | 'follow_up';
  /** When it was decided. */
  readonly createdAt: Date;
}

export type HoldVerdict =
  | { readonly kind: 'send' }
  | { readonly kind: 'postpone'; readonly until: Date; readonly reason: string };

/** Something for which automatic messages may have to wait. */
export interface MessageHold {
  judge(lead: LeadKey, message: AutomaticMessage, now: Date): Promise<HoldVerdict>;
}

/** An effect that has been carried out, or was found to have been. */
export interface DeliveredEffect extends LeadKey {
  readonly effectId: number;
  readonly payload: EffectPayload;
  /** The effect is stored in the transaction of its decision. */
  readonly createdAt: Date;
  readonly deliveredAt: Date;
}

/** Keeps what it wants to know of delivered effects, in the transaction that marks them delivered. */
export interface DeliveryRecorder {
  recordDelivered(
    transaction: PipelinedTransaction,
    delivered: readonly DeliveredEffect[],
  ): Promise<void>;
}

/** What the rooms above hang into the effects, each at `onModuleInit`: before the first lane is claimed. */
@Injectable()
export class EffectRegistry {
  private readonly handlers = new Map<string, EffectHandler>();
  private readonly prefixes = new Set<string>();
  private readonly messageHolds: MessageHold[] = [];
  private readonly deliveryRecorders: DeliveryRecorder[] = [];

  /** @throws when a kind has a handler already */
  register<Kind extends EffectKind>(handler: EffectHandler<Kind>): void {
    for (const kind of handler.kinds) {
      if (this.handlers.has(kind)) throw new Error(`Two handlers of ${kind}`);
      this.handlers.set(kind, handler);
    }
    if (handler.lane !== 'contact') this.prefixes.add(handler.lane);
  }

  addHold(hold: MessageHold): void {
    this.messageHolds.push(hold);
  }

  addRecorder(recorder: DeliveryRecorder): void {
    this.deliveryRecorders.push(recorder);
  }

  get holds(): readonly MessageHold[] {
    return this.messageHolds;
  }

  get recorders(): readonly DeliveryRecorder[] {
    return this.deliveryRecorders;
  }

  get kinds(): readonly string[] {
    return [...this.handlers.keys()];
  }

  /** Undefined for a kind of a newer replica. */
  handlerOf(kind: string): EffectHandler | undefined {
    return this.handlers.get(kind);
  }

  /** Where an effect of this kind, for this lead, has its place. */
  laneOf({ locationId, contactId }: LeadKey, kind: EffectKind): LeadKey {
    const lane = this.handlers.get(kind)?.lane ?? 'contact';
    return { locationId, contactId: lane === 'contact' ? contactId : `${lane}${contactId}` };
  }

  /** The contact's lane and those beside it. */
  lanesOf({ locationId, contactId }: LeadKey): readonly LeadKey[] {
    return ['', ...this.prefixes].map((prefix) => ({
      locationId,
      contactId: `${prefix}${contactId}`,
    }));
  }

  /** Whether a lane is one beside its contact's. */
  isSideLane({ contactId }: Pick<LeadKey, 'contactId'>): boolean {
    return [...this.prefixes].some((prefix) => contactId.startsWith(prefix));
  }

  /** The same for a query: patterns of `like`. */
  get sideLanePatterns(): readonly string[] {
    return [...this.prefixes].map((prefix) => `${prefix}%`);
  }
}
