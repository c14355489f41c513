import { Injectable } from '@nestjs/common';
import type { DatabaseTransaction } from '../database/transactions.js';
import { HandoffOptions } from './handoff-options.js';
import { HandoffRepository } from './handoff.repository.js';
import { planHandoff, type HandoffPlan, type HandoffRequest } from './plan-handoff.js';

/** Plans the handoffs that a batch of decisions asks for; costs nothing when there are none. */
@Injectable()
export class HandoffPlanner {
  constructor(
    private readonly handoffs: HandoffRepository,
    private readonly options: HandoffOptions,
  ) {}

  /** @param requests of leads without an unresolved handoff. @returns one plan for each, in order */
  async planAll(
    trx: DatabaseTransaction,
    requests: readonly HandoffRequest[],
  ): Promise<HandoffPlan[]> {
    const ids = await this.handoffs.reserveIds(trx, requests.length);
    return ids.flatMap((handoffId, index) => {
      const request = requests[index];
      return request === undefined ? [] : [planHandoff(request, handoffId, this.options)];
    });
  }
}
