import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { isPassingTrouble } from '../database/database-errors.js';
import type { Delivery } from '../leads/crm-event.js';
import { leadKeyText } from '../leads/lead-key.js';
import { GroupCommit, QueueFullError } from '../shared/group-commit.js';
import { runInRequestContext } from '../telemetry/request-context.js';
import type { IntakeOutcome } from './decided-delivery.js';
import { leadOf } from './intake-store.js';
import { IntakeTransaction } from './intake-transaction.js';

/** Deliveries and bytes in one transaction: bounds its memory and how long the others wait for it. */
const MAX_DELIVERIES = 500;
const MAX_BYTES = 1_000_000;
/** Deliveries that wait while the database is slow; at 256 KiB each still bounded. */
const MAX_WAITING = 5_000;

/**
 * Durable intake. Deliveries that arrive while a transaction runs share the next one; two of the
 * same lead, or with a shared id, never share one, so each sees what the one before it did.
 */
@Injectable()
export class IntakeService implements BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly logger = new Logger(IntakeService.name);
  private readonly flushes: GroupCommit<Delivery, IntakeOutcome>;
  private readonly underWay = new Set<Promise<IntakeOutcome>>();

  constructor(private readonly transaction: IntakeTransaction) {
    this.flushes = new GroupCommit({
      // In nobody's context: the flush is begun by one delivery and carries those of others.
      flush: (batch) => runInRequestContext({}, () => this.transaction.run(batch)),
      maxItems: MAX_DELIVERIES,
      maxWeight: MAX_BYTES,
      weightOf: (delivery) => delivery.body.length,
      keysOf: exclusiveKeys,
      maxWaiting: MAX_WAITING,
      isDivisible: (error) => !isPassing(error),
    });
  }

  /** @throws when it cannot be stored at the moment: the delivery is not stored, and the sender has to repeat it */
  async take(delivery: Delivery): Promise<IntakeOutcome> {
    const outcome = this.store(delivery);
    this.underWay.add(outcome);
    try {
      return await outcome;
    } finally {
      this.underWay.delete(outcome);
    }
  }

  /** Those that are here now get their answer; waiting for silence would last as long as the load does. */
  async beforeApplicationShutdown(): Promise<void> {
    await Promise.allSettled(this.underWay);
  }

  /** The server is closed: nothing new arrives, and the database is the next to go. */
  async onApplicationShutdown(): Promise<void> {
    await this.flushes.idle();
  }

  private async store(delivery: Delivery): Promise<IntakeOutcome> {
    try {
      return await this.flushes.submit(delivery);
    } catch (error) {
      if (isPassing(error)) throw error;
      this.logger.error({
        event: 'delivery.not_storable',
        delivery_id: delivery.deliveryId,
        error,
      });
      await this.transaction.keepFailed(delivery, error);
      return { status: 'failed' };
    }
  }
}

/** Not the delivery's fault: the same one may well be stored in a moment. */
export function isPassing(error: unknown): boolean {
  return isPassingTrouble(error) || error instanceof QueueFullError;
}

function exclusiveKeys(delivery: Delivery): string[] {
  const lead = leadOf(delivery);
  const claims = delivery.claims.map(
    ({ id }) => `claim ${JSON.stringify([delivery.locationId, id])}`,
  );
  return lead === undefined ? claims : [...claims, `lead ${leadKeyText(lead)}`];
}
