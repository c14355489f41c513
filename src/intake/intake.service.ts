import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { isPassingTrouble } from '../database/database-errors.js';
import { Reading } from '../database/reading.js';
import { Transactions } from '../database/transactions.js';
import { UNRESOLVED_CONSTRAINT } from '../handoffs/handoff.repository.js';
import { concernsLead, type Delivery } from '../leads/crm-event.js';
import { leadKeyText } from '../leads/lead-key.js';
import { LEAD_KEY_CONSTRAINT } from '../leads/lead.repository.js';
import { Clock } from '../shared/clock.js';
import { GroupCommit, QueueFullError } from '../shared/group-commit.js';
import { runInRequestContext } from '../telemetry/structured-logger.js';
import {
  Decider,
  failedDelivery,
  outcomeOf,
  type Decided,
  type DecidingBasis,
  type IntakeOutcome,
} from './decider.js';
import { UNKNOWN_LEAD } from './decide/decision.js';
import { DeliveryRepository } from './delivery.repository.js';
import { IntakeParticipants, type IntakeBatch, type LoadedLeads } from './intake-participants.js';

/** Deliveries and bytes in one transaction: bounds its memory and how long the others wait for it. */
const MAX_DELIVERIES = 500;
const MAX_BYTES = 1_000_000;
/** Deliveries that wait while the database is slow; at 256 KiB each still bounded. */
const MAX_WAITING = 5_000;
/** Of bodies that wait: some sixty of the largest, each of which takes tens of milliseconds to read. */
const MAX_WAITING_BYTES = 16_000_000;

/**
 * Durable intake. Deliveries that arrive while a transaction runs share the next one; two of the
 * same lead, or with a shared id, never share one, so each sees what the one before it did.
 */
@Injectable()
export class IntakeService implements BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly logger = new Logger(IntakeService.name);
  private readonly flushes: GroupCommit<Delivery, IntakeOutcome>;
  private readonly underWay = new Set<Promise<IntakeOutcome>>();

  constructor(
    private readonly transactions: Transactions,
    private readonly deliveries: DeliveryRepository,
    private readonly participants: IntakeParticipants,
    private readonly decider: Decider,
    private readonly clock: Clock,
  ) {
    this.flushes = new GroupCommit({
      // In nobody's context: the flush is begun by one delivery and carries those of others.
      flush: (batch) => runInRequestContext({}, () => this.flush(batch)),
      maxItems: MAX_DELIVERIES,
      maxWeight: MAX_BYTES,
      weightOf: (delivery) => delivery.body.length,
      keysOf: exclusiveKeys,
      maxWaiting: MAX_WAITING,
      maxWaitingWeight: MAX_WAITING_BYTES,
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
      const { deliveryId } = delivery;
      this.logger.error({ event: 'delivery.not_storable', delivery_id: deliveryId, error });
      // Beside its neighbours, for replay; its ids stay unclaimed.
      await this.transactions.inTransaction((trx) =>
        this.deliveries.recordFailed(trx, failedDelivery(delivery, error), this.clock.now()),
      );
      return { status: 'failed' };
    }
  }

  /**
   * One transaction for a batch of deliveries, in two round trips: claim, load and lock; decide in
   * memory; store and commit. Either all of it is committed or none, so that a delivery is never half done and its repeat is never ignored
   * without having been decided.
   *
   * @param batch deliveries whose claims and whose leads differ from each other
   */
  private async flush(batch: readonly Delivery[]): Promise<IntakeOutcome[]> {
    const basis = await this.decider.basisFor(batch);
    return this.transactions.inPipeline(
      async (transaction) => {
        const at = this.clock.now();
        const [claimed, loaded] = await transaction.read(
          Reading.all([this.deliveries.claim(batch, at), this.participants.load(batch, at)]),
        );
        const fresh = batch.filter((delivery) => claimed.has(delivery));
        const decided = this.decideAll(fresh, loaded, basis, at);
        const read: IntakeBatch['read'] = (reading) => transaction.read(reading);
        const writes = await this.participants.save({ decided, loaded, at, read });
        const outcomes = new Map(decided.map((one) => [one.delivery, outcomeOf(one)]));
        const result = batch.map(
          (delivery): IntakeOutcome => outcomes.get(delivery) ?? { status: 'duplicate' },
        );
        return { result, writes };
      },
      { racedKeys: RACED_KEYS },
    );
  }

  private decideAll(
    deliveries: readonly Delivery[],
    loaded: LoadedLeads,
    basis: DecidingBasis,
    at: Date,
  ): Decided[] {
    return deliveries.map((delivery) =>
      runInRequestContext({ deliveryId: delivery.deliveryId }, () =>
        this.decider.decide(delivery, loaded.get(delivery) ?? UNKNOWN_LEAD, basis, at),
      ),
    );
  }
}

/** What could not be locked because it was not there yet: somebody else may have stored it first. */
const RACED_KEYS = [LEAD_KEY_CONSTRAINT, UNRESOLVED_CONSTRAINT];

/** Not the delivery's fault: the same one may well be stored in a moment. */
export function isPassing(error: unknown): boolean {
  return isPassingTrouble(error) || error instanceof QueueFullError;
}

function exclusiveKeys(delivery: Delivery): string[] {
  const { locationId, event } = delivery;
  const claims = delivery.claims.map(({ id }) => `claim ${JSON.stringify([locationId, id])}`);
  if (!concernsLead(delivery)) return claims;
  const lead = { locationId, contactId: event.contactId ?? '' };
  return [...claims, `lead ${leadKeyText(lead)}`];
}
