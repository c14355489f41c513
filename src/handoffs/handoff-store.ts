import { Injectable } from '@nestjs/common';
import type { DatabaseTransaction } from '../database/transactions.js';
import type { EffectRequest } from '../effects/effect.repository.js';
import type { LeadKey } from '../leads/lead-key.js';
import type { Handoff } from './handoff.js';
import { HandoffOutbox } from './handoff-outbox.js';
import { HandoffPlanner } from './handoff-planner.js';
import { HandoffRepository, type HandoffMark } from './handoff.repository.js';
import type { HandoffRequest } from './plan-handoff.js';

/** What one delivery does to a handoff. */
export type HandoffChange =
  | { readonly kind: 'open'; readonly request: HandoffRequest }
  | { readonly kind: 'acknowledge'; readonly mark: HandoffMark }
  | { readonly kind: 'resolve'; readonly mark: HandoffMark };

/** The handoffs of a batch of deliveries, in the transaction of its decisions. */
@Injectable()
export class HandoffStore {
  constructor(
    private readonly handoffs: HandoffRepository,
    private readonly planner: HandoffPlanner,
    private readonly outbox: HandoffOutbox,
  ) {}

  /** The unresolved handoffs of these leads, by `leadKeyText`. */
  findOpen(
    trx: DatabaseTransaction,
    leads: readonly LeadKey[],
  ): Promise<ReadonlyMap<string, Handoff>> {
    return this.handoffs.findOpen(trx, leads);
  }

  /** @returns what resolved and really opened handoffs send out: to be enqueued after the decisions' own effects */
  async apply(
    trx: DatabaseTransaction,
    changes: readonly HandoffChange[],
    now: Date,
  ): Promise<readonly EffectRequest[]> {
    const marks = (kind: 'acknowledge' | 'resolve'): HandoffMark[] =>
      changes.flatMap((change) => (change.kind === kind ? [change.mark] : []));
    const requests = changes.flatMap((change) => (change.kind === 'open' ? [change.request] : []));
    await this.handoffs.acknowledge(trx, marks('acknowledge'));
    const resolved = await this.handoffs.resolve(trx, marks('resolve'));
    const resolutions = resolved.flatMap((one) => this.outbox.resolutionRequests(one, now));
    return [...resolutions, ...(await this.open(trx, requests))];
  }

  private async open(
    trx: DatabaseTransaction,
    requests: readonly HandoffRequest[],
  ): Promise<readonly EffectRequest[]> {
    if (requests.length === 0) return [];
    const plans = await this.planner.planAll(trx, requests);
    const opened = await this.handoffs.open(
      trx,
      plans.map(({ record }) => record),
    );
    return plans
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
