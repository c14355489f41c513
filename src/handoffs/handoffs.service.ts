import { Injectable } from '@nestjs/common';
import { Transactions, type DatabaseTransaction } from '../database/transactions.js';
import { EffectRepository } from '../effects/effect.repository.js';
import { ProblemException } from '../http/problem.exception.js';
import { LocationSettings } from '../settings/location-settings.js';
import { Clock } from '../shared/clock.js';
import { judgeStep, type Handoff, type HandoffStep } from './handoff.js';
import { requestsOf, resolutionEffects } from './handoff-effects.js';
import { HandoffRepository, type HandoffMark } from './handoff.repository.js';
import { handoffDto, handoffNotFound, type HandoffDto } from './handoffs.dto.js';

/** Who acts when the caller does not say. */
const UNNAMED = 'api';

/** Where an operator takes handoffs and closes them. Doing it twice is doing it once. */
@Injectable()
export class HandoffsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly handoffs: HandoffRepository,
    private readonly effects: EffectRepository,
    private readonly settings: LocationSettings,
    private readonly clock: Clock,
  ) {}

  /** @throws {ProblemException} 404 when there is none, 409 when it is resolved */
  acknowledge(id: string, by = UNNAMED): Promise<HandoffDto> {
    return this.change('acknowledge', Number(id), async (trx, at) => {
      const [handoff] = await this.handoffs.acknowledge([markOf(Number(id), by, at)]).on(trx);
      return handoff;
    });
  }

  /**
   * One that nobody had acknowledged is acknowledged on the way.
   *
   * @throws {ProblemException} 404 when there is none
   */
  resolve(id: string, by = UNNAMED): Promise<HandoffDto> {
    return this.change('resolve', Number(id), async (trx, at) => {
      const [handoff] = await this.handoffs.resolve([markOf(Number(id), by, at)]).on(trx);
      if (handoff !== undefined) await this.takeTagsOff(trx, handoff, at);
      return handoff;
    });
  }

  private change(
    step: HandoffStep,
    handoffId: number,
    apply: (trx: DatabaseTransaction, at: Date) => Promise<Handoff | undefined>,
  ): Promise<HandoffDto> {
    return this.transactions.inTransaction(async (trx) => {
      const handoff = await this.handoffs.lock(trx, handoffId);
      if (handoff === undefined) throw handoffNotFound();
      switch (judgeStep(step, handoff.state)) {
        case 'already_done':
          return handoffDto(handoff);
        case 'refused':
          throw new ProblemException(
            409,
            `Handoff ${handoffId} is resolved: it cannot be acknowledged any more`,
          );
        case 'applies': {
          const changed = await apply(trx, this.clock.now());
          if (changed === undefined) throw new Error(`handoff ${handoffId} changed under its lock`);
          return handoffDto(changed);
        }
      }
    });
  }

  private async takeTagsOff(trx: DatabaseTransaction, handoff: Handoff, at: Date): Promise<void> {
    const { tags } = (await this.settings.of(handoff.locationId)).handoff;
    const requests = requestsOf(handoff, 'resolution', resolutionEffects(at, tags));
    await this.effects.enqueue(trx, requests, at);
  }
}

function markOf(handoffId: number, by: string, at: Date): HandoffMark {
  return { handoffId, by, at, deliveryId: `admin:${handoffId}` };
}
