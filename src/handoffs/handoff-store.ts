import { Injectable } from '@nestjs/common';
import type { Reading, Statement } from '../database/reading.js';
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
  readonly loaded: ReadonlyMap<Delivery, { readonly handoff: Handoff | null }>;
  readonly at: Date;
  /** Hands in what is to be sent. */
  ask(requests: readonly EffectRequest[]): void;
  /** At the cost of a round trip. */
  read<Value>(reading: Reading<Value>): Promise<Value>;
}

type ChangeOf<Kind extends HandoffChange['kind']> = DecidedHandoff & {
  readonly handoff: Extract<HandoffChange, { readonly kind: Kind }>;
};

/** Handoffs take part in the intake transaction: between the leads and the lanes, in the order of locks. */
@Injectable()
export class HandoffStore {
  constructor(private readonly handoffs: HandoffRepository) {}

  /** The unresolved handoffs of the deliveries' leads, locked until the commit. */
  load(
    deliveries: readonly Delivery[],
  ): Reading<ReadonlyMap<Delivery, { readonly handoff: Handoff | null }>> {
    return this.handoffs
      .lockOpen(deliveries.map(leadOf))
      .map(
        (open) =>
          new Map(
            deliveries.map((delivery) => [
              delivery,
              { handoff: open.get(leadKeyText(leadOf(delivery))) ?? null },
            ]),
          ),
      );
  }

  async save(batch: HandoffBatch): Promise<readonly Statement[]> {
    const { decided, loaded, at, ask } = batch;
    const acknowledged = decided.filter(changes('acknowledge')).map(markAt(at));
    const resolving = decided.filter(changes('resolve'));
    for (const { delivery, handoff: change } of resolving) {
      const handoff = loaded.get(delivery)?.handoff;
      // Locked since it was read: nobody has resolved it meanwhile.
      if (handoff?.handoffId !== change.handoffId) throw new Error('An unread handoff is resolved');
      ask(requestsOf(handoff, 'resolution', change.effects));
    }
    return [
      ...this.handoffs.acknowledge(acknowledged).statements,
      ...this.handoffs.resolve(resolving.map(markAt(at))).statements,
      ...(await this.open(decided.filter(changes('open')), batch)),
    ];
  }

  private async open(
    opening: readonly ChangeOf<'open'>[],
    { ask, read }: HandoffBatch,
  ): Promise<readonly Statement[]> {
    const ids = await read(this.handoffs.reserveIds(opening.length));
    const numbered = opening.flatMap(({ delivery, handoff }, index) => {
      const handoffId = ids[index];
      if (handoffId === undefined) return [];
      return [numberHandoff(leadOf(delivery), delivery.deliveryId, handoff.opening, handoffId)];
    });
    ask(
      numbered.flatMap(({ record: { locationId, contactId, handoffId, deliveryId }, effects }) =>
        effects.map((draft) => ({
          locationId,
          contactId,
          origin: `${deliveryId}@handoff:${handoffId}`,
          draft,
        })),
      ),
    );
    return this.handoffs.open(numbered.map(({ record }) => record));
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
