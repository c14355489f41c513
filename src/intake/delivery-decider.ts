import { Injectable, Logger } from '@nestjs/common';
import type { Delivery } from '../leads/crm-event.js';
import { ChangeDecider } from './change-decider.js';
import {
  failedDelivery,
  unchanged,
  type DecidedDelivery,
  type LeadSituation,
} from './decided-delivery.js';
import { LeadDecider } from './lead-decider.js';

/** Decides one delivery in memory: synchronous, no I/O. A fault is kept with the delivery, never thrown. */
@Injectable()
export class DeliveryDecider {
  private readonly logger = new Logger(DeliveryDecider.name);

  constructor(
    private readonly leads: LeadDecider,
    private readonly changes: ChangeDecider,
  ) {}

  decide(delivery: Delivery, lead: LeadSituation, decidedAt: Date): DecidedDelivery {
    try {
      return this.decideByKind(delivery, lead, decidedAt);
    } catch (error) {
      const { deliveryId } = delivery;
      this.logger.error({ event: 'delivery.deciding_failed', delivery_id: deliveryId, error });
      return failedDelivery(delivery, error);
    }
  }

  private decideByKind(delivery: Delivery, lead: LeadSituation, decidedAt: Date): DecidedDelivery {
    const { event } = delivery;
    switch (event.kind) {
      case 'lead':
        return this.leads.decide(delivery, event, lead, decidedAt);
      case 'change':
        return this.changes.decideChange(delivery, event, lead, decidedAt);
      case 'outbound':
        return this.changes.decideOutbound(delivery, event, lead, decidedAt);
      case 'other':
        return unchanged(delivery, event.known ? 'acknowledged' : 'unrecognised');
    }
  }
}
