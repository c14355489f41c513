import { Injectable } from '@nestjs/common';
import type { DatabaseTransaction } from '../database/transactions.js';
import type { EffectRequest } from '../effects/effect.repository.js';
import type { Delivery } from '../leads/crm-event.js';
import { leadKeyText, type LeadKey } from '../leads/lead-key.js';
import type { Handoff, HandoffChange } from './handoff.js';
import { requestsOf } from './handoff-effects.js';
import { HandoffRepository, type HandoffMark } from './handoff.repository.js';
import { numberHandoff } from './plan-handoff.js';

/** What this room needs to know of a decided delivery. */
interface DecidedHandoff {
  readonly delivery: Delivery;
  readonly handoff: HandoffChange | null;
}

interface HandoffBatch {
  readonly decided: readonly DecidedHandoff[];
  readonly at: Date;
  /** Hands in what is to be sent. */
  ask(requests: readonly EffectRequest[]): void;
}

type ChangeOf<Kind extends HandoffChange['kind']> = DecidedHandoff & {
  readonly handoff: Extract<HandoffChange, { readonly kind: Kind }>;
};

/** Handoffs take part in the intake transaction: between the leads and the lanes, in the order of locks. */
@Injectable()
export class HandoffStore {
  constructor(private readonly handoffs: HandoffRepository) {}

  /** The unresolved handoffs of the deliveries' leads. */
  async load(
    trx: DatabaseTransaction,
    deliveries: readonly Delivery[],
  ): Promise<ReadonlyMap<Delivery, { readonly handoff: Handoff | null }>> {
    const open = await this.handoffs.findOpen(trx, deliveries.map(leadOf));
    return new Map(
      deliveries.map((delivery) => [
        delivery,
        { handoff: open.get(leadKeyText(leadOf(delivery))) ?? null },
      ]),
    );
  }

  async save(trx: DatabaseTransaction, { decided, at, ask }: HandoffBatch): Promise<void> {
    const resolving = decided.filter(changes('resolve'));
    await this.handoffs.acknowledge(trx, decided.filter(changes('acknowledge')).map(markAt(at)));
    const resolved = await this.handoffs.resolve(trx, resolving.map(markAt(at)));
    const effectsOf = new Map(
      resolving.map(({ handoff }) => [handoff.handoffId, handoff.effects] as const),
    );
    ask(
      resolved.flatMap((handoff) =>
        requestsOf(handoff, 'resolution', effectsOf.get(handoff.handoffId) ?? []),
      ),
    );
    ask(await this.open(trx, decided.filter(changes('open'))));
  }

  /** @returns what those that were really opened send out */
  private async open(
    trx: DatabaseTransaction,
    opening: readonly ChangeOf<'open'>[],
  ): Promise<readonly EffectRequest[]> {
    if (opening.length === 0) return [];
    const ids = await this.handoffs.reserveIds(trx, opening.length);
    const numbered = opening.flatMap(({ delivery, handoff }, index) => {
      const handoffId = ids[index];
      if (handoffId === undefined) return [];
      return [numberHandoff(leadOf(delivery), delivery.deliveryId, handoff.opening, handoffId)];
    });
    const opened = await this.handoffs.open(
      trx,
      numbered.map(({ record }) => record),
    );
    return numbered
      .filter(({ record }) => opened.has(record.handoffId))
      .flatMap(({ record: { locationId, contactId, handoffId, deliveryId }, effects }) =>
        effects.map((draft) => ({
          locationId,
          contactId,
          origin: `${deliveryId}@handoff:${handoffId}`,
          draft,
        })),
      );
  }
}

function leadOf({ locationId, event }: Delivery): LeadKey {
  return { locationId, contactId: event.contactId ?? '' };
}

function changes<Kind extends HandoffChange['kind']>(kind: Kind) {
  return (one: DecidedHandoff): one is ChangeOf<Kind> => one.handoff?.kind === kind;
}

function markAt(at: Date) {
  return ({ delivery, handoff }: ChangeOf<'acknowledge' | 'resolve'>): HandoffMark => ({
    handoffId: handoff.handoffId,
    by: handoff.by,
    at,
    deliveryId: delivery.deliveryId,
  });
}
