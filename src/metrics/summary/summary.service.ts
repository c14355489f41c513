import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import { DeliveryReadModel } from '../../webhook/deliveries/delivery.read-model.js';
import { EffectReadModel } from '../../effects/effect.read-model.js';
import type { SummaryDto } from './summary.dto.js';

const DAY_MS = 24 * 3_600_000;

@Injectable()
export class SummaryService {
  constructor(
    private readonly effects: EffectReadModel,
    private readonly deliveries: DeliveryReadModel,
    private readonly clock: Clock,
  ) {}

  async summarise(): Promise<SummaryDto> {
    const dayAgo = new Date(this.clock.now().getTime() - DAY_MS);
    return {
      effects_by_state: await this.effects.countByState({}),
      deliveries_24h_by_state: await this.deliveries.countByState(dayAgo),
    };
  }
}
