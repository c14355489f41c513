import { Injectable } from '@nestjs/common';
import type { PipelinedTransaction } from '../../database/pipelined-transaction.js';
import type { DeliveredEffect, DeliveryRecorder } from '../../effects/effect-registry.js';
import { ExperimentPlans } from '../plans/experiment-plans.service.js';
import { type Exposure, ExposureRepository } from './exposure.repository.js';

/**
 * Records who received which variant, in the transaction that marks the message delivered: an
 * exposure is neither lost nor counted for a message that did not go out.
 */
@Injectable()
export class Exposures implements DeliveryRecorder {
  constructor(
    private readonly plans: ExperimentPlans,
    private readonly repository: ExposureRepository,
  ) {}

  async recordDelivered(
    transaction: PipelinedTransaction,
    delivered: readonly DeliveredEffect[],
  ): Promise<void> {
    await this.record(transaction, delivered.flatMap(deliveredExposures));
  }

  /** Returns the exposures that were new: a contact's first one to an experiment. */
  async record(
    transaction: PipelinedTransaction,
    exposures: readonly Exposure[],
  ): Promise<readonly Exposure[]> {
    const [first] = exposures;
    if (first === undefined) return [];
    const experiments = exposures.map(({ experiment }) => experiment);
    await this.plans.fix(transaction, experiments, first.exposedAt);
    return transaction.read(this.repository.record(exposures));
  }
}

/** What this delivery proves: only a message shows a variant, and only once the CRM has accepted it. */
export function deliveredExposures(effect: DeliveredEffect): readonly Exposure[] {
  const { payload, locationId, contactId, effectId } = effect;
  if (payload.kind !== 'send_message') return [];
  return (payload.exposures ?? []).map((exposure) => ({
    ...exposure,
    locationId,
    contactId,
    effectId,
    decidedAt: effect.createdAt,
    exposedAt: effect.deliveredAt,
  }));
}
