import { Injectable } from '@nestjs/common';
import { Transactions, type DatabaseTransaction } from '../database/transactions.js';
import { Clock } from '../shared/clock.js';
import type { Handoff } from './handoff.js';
import { HandoffOutbox } from './handoff-outbox.js';
import { judgeStep, type HandoffStep } from './handoff-state.js';
import { HandoffRepository, type HandoffMark } from './handoff.repository.js';

export type HandoffStepResult =
  | { readonly kind: 'changed' | 'already_done' | 'refused'; readonly handoff: Handoff }
  | { readonly kind: 'not_found' };

/** Where an operator takes handoffs and closes them. */
@Injectable()
export class HandoffDesk {
  constructor(
    private readonly transactions: Transactions,
    private readonly handoffs: HandoffRepository,
    private readonly outbox: HandoffOutbox,
    private readonly clock: Clock,
  ) {}

  /** Doing it twice is doing it once. */
  acknowledge(handoffId: number, by: string): Promise<HandoffStepResult> {
    return this.change('acknowledge', handoffId, async (trx, at) => {
      const [handoff] = await this.handoffs.acknowledge(trx, [markOf(handoffId, by, at)]);
      return handoff;
    });
  }

  /** Doing it twice is doing it once; one that nobody had acknowledged is acknowledged on the way. */
  resolve(handoffId: number, by: string): Promise<HandoffStepResult> {
    return this.change('resolve', handoffId, async (trx, at) => {
      const [handoff] = await this.handoffs.resolve(trx, [markOf(handoffId, by, at)]);
      if (handoff !== undefined) await this.outbox.announceResolution(trx, handoff, at);
      return handoff;
    });
  }

  private change(
    step: HandoffStep,
    handoffId: number,
    apply: (trx: DatabaseTransaction, at: Date) => Promise<Handoff | undefined>,
  ): Promise<HandoffStepResult> {
    return this.transactions.inTransaction(async (trx) => {
      const handoff = await this.handoffs.lock(trx, handoffId);
      if (handoff === undefined) return { kind: 'not_found' };
      const verdict = judgeStep(step, handoff.state);
      if (verdict !== 'applies') return { kind: verdict, handoff };
      const changed = await apply(trx, this.clock.now());
      if (changed === undefined) throw new Error(`handoff ${handoffId} changed under its lock`);
      return { kind: 'changed', handoff: changed };
    });
  }
}

function markOf(handoffId: number, by: string, at: Date): HandoffMark {
  return { handoffId, by, at, deliveryId: `admin:${handoffId}` };
}
