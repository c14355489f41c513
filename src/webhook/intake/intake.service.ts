import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { isDatabaseAway } from '../../database/database-errors.js';
import type { Delivery } from '../../leads/crm-event.js';
import { leadKeyText } from '../../leads/lead-key.js';
import { GroupCommit } from '../../shared/group-commit.js';
import type { IntakeOutcome } from './decided-delivery.js';
import { leadOf } from './intake-store.js';
import { IntakeTransaction } from './intake-transaction.js';

/** Deliveries and bytes in one transaction: bounds its memory and how long the others wait for it. */
const MAX_DELIVERIES = 500;
const MAX_BYTES = 1_000_000;

/**
 * Durable intake. Deliveries that arrive while a transaction runs share the next one; two of the
 * same lead, or with a shared id, never share one, so each sees what the one before it did.
 */
@Injectable()
export class IntakeService implements BeforeApplicationShutdown {
  private readonly logger = new Logger(IntakeService.name);
  private readonly flushes: GroupCommit<Delivery, IntakeOutcome>;

  constructor(private readonly transaction: IntakeTransaction) {
    this.flushes = new GroupCommit({
      flush: (batch) => this.transaction.run(batch),
      maxItems: MAX_DELIVERIES,
      maxWeight: MAX_BYTES,
      weightOf: (delivery) => delivery.body.length,
      keysOf: exclusiveKeys,
      isDivisible: (error) => !isDatabaseAway(error),
    });
  }

  /** @throws when the database is away: the delivery is not stored, and the sender has to repeat it */
  async take(delivery: Delivery): Promise<IntakeOutcome> {
    try {
      return await this.flushes.submit(delivery);
    } catch (error) {
      if (isDatabaseAway(error)) throw error;
      this.logger.error({
        event: 'delivery.not_storable',
        delivery_id: delivery.deliveryId,
        error,
      });
      await this.transaction.keepFailed(delivery, error);
      return { status: 'failed' };
    }
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.flushes.idle();
  }
}

function exclusiveKeys(delivery: Delivery): string[] {
  const lead = leadOf(delivery);
  const claims = delivery.claims.map(
    ({ id }) => `claim ${JSON.stringify([delivery.locationId, id])}`,
  );
  return lead === undefined ? claims : [...claims, `lead ${leadKeyText(lead)}`];
}
