import type { INestApplication } from '@nestjs/common';
import type { DatabaseTransaction } from '../../src/database/transactions.js';
import { Transactions } from '../../src/database/transactions.js';
import { UNKNOWN_LEAD, type Situation } from '../../src/intake/decide/decision.js';
import { DeliveryRepository } from '../../src/intake/delivery.repository.js';
import {
  INTAKE_PARTICIPANTS,
  type IntakeBatch,
  type IntakeParticipant,
} from '../../src/intake/intake-participants.js';
import type { Delivery } from '../../src/leads/crm-event.js';
import { leadKeyText } from '../../src/leads/lead-key.js';

/** Whoever touches it has not been replaced. */
const NO_TRANSACTION = new Proxy(Object.create(null) as DatabaseTransaction, {
  get: (_target, property) => {
    throw new Error(
      `Without a database there is no transaction, and "${String(property)}" was asked of it`,
    );
  },
});

/** The tables of intake as maps: what a server costs that keeps nothing. */
export class MemoryIntake implements IntakeParticipant {
  private readonly claims = new Set<string>();
  private readonly leads = new Map<string, Situation>();
  private decisions = 0;

  get decided(): number {
    return this.decisions;
  }

  async claim(
    _trx: DatabaseTransaction,
    deliveries: readonly Delivery[],
  ): Promise<ReadonlySet<Delivery>> {
    return new Set(
      deliveries.filter(({ locationId, claims }) => {
        const keys = claims.map(({ id }) => JSON.stringify([locationId, id]));
        if (keys.some((key) => this.claims.has(key))) return false;
        for (const key of keys) this.claims.add(key);
        return true;
      }),
    );
  }

  async load(
    _trx: DatabaseTransaction,
    deliveries: readonly Delivery[],
  ): Promise<ReadonlyMap<Delivery, Situation>> {
    return new Map(
      deliveries.map((delivery) => [delivery, this.leads.get(keyOf(delivery)) ?? UNKNOWN_LEAD]),
    );
  }

  async save(_trx: DatabaseTransaction, { decided }: IntakeBatch): Promise<void> {
    for (const { delivery, state, context, featureStates, document } of decided) {
      if (state === 'failed') throw new Error('No delivery of a benchmark may fail');
      if (context !== null) {
        this.leads.set(keyOf(delivery), { ...UNKNOWN_LEAD, context, featureStates });
      }
      if (document !== null) this.decisions += 1;
    }
  }
}

function keyOf({ locationId, event }: Delivery): string {
  return leadKeyText({ locationId, contactId: event.contactId ?? '' });
}

/** From here on intake stores nothing; its PostgreSQL keeps running and idles. */
export function keepIntakeInMemory(app: INestApplication): MemoryIntake {
  const memory = new MemoryIntake();
  app.get(Transactions).inTransaction = (work) => work(NO_TRANSACTION);
  app.get(DeliveryRepository).claim = memory.claim.bind(memory);
  const participants = app.get<IntakeParticipant[]>(INTAKE_PARTICIPANTS);
  participants.splice(0, participants.length, memory);
  return memory;
}
