import { Injectable } from '@nestjs/common';
import { Configuration } from '../../config/configuration.js';
import { ProblemException } from '../../http/problem.exception.js';
import { IntakeService } from '../../intake/intake.service.js';
import type { DeliveryParams, ReplayedDeliveryDto } from './delivery.dto.js';
import { DeliveryReadModel } from './delivery.read-model.js';
import { readStoredDelivery } from './stored-delivery.js';

/** Decides a delivery again that was kept because deciding it failed. */
@Injectable()
export class DeliveryReplayService {
  constructor(
    private readonly deliveries: DeliveryReadModel,
    private readonly intake: IntakeService,
    private readonly configuration: Configuration,
  ) {}

  /** @throws {ProblemException} 404 without such a delivery, 409 when it did not fail or cannot be read */
  async replay(params: DeliveryParams): Promise<ReplayedDeliveryDto> {
    const stored = await this.deliveries.get(params);
    if (stored.state !== 'failed') {
      throw new ProblemException(409, `A delivery that is ${stored.state} cannot be replayed`);
    }
    const { idempotencyTtlSeconds } = this.configuration.webhook;
    const read = readStoredDelivery(stored, idempotencyTtlSeconds);
    if (!read.ok) {
      throw new ProblemException(409, 'The stored body can no longer be read', {
        errors: read.errors,
      });
    }
    const { status } = await this.intake.take(read.delivery);
    const { error } = await this.deliveries.get(params);
    return { status, error };
  }
}
