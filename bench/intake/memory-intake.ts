import type { INestApplication } from '@nestjs/common';
import type { DatabaseTransaction } from '../../src/database/transactions.js';
import { Transactions } from '../../src/database/transactions.js';
import type { Delivery } from '../../src/leads/crm-event.js';
import { leadKeyText } from '../../src/leads/lead-key.js';
import type { LeadState } from '../../src/leads/lead.repository.js';
import {
  keyOf,
  UNKNOWN_LEAD,
  type DecidedDelivery,
  type LeadSituation,
} from '../../src/intake/decided-delivery.js';
import { IntakeStore } from '../../src/intake/intake-store.js';

/** Every public method, so that a new one is noticed here and not silently served by the database. */
type Store = { [Method in keyof IntakeStore]: IntakeStore[Method] };

/** Whoever touches it has not been replaced. */
const NO_TRANSACTION = new Proxy(Object.create(null) as DatabaseTransaction, {
  get: (_target, property) => {
    throw new Error(
      `Without a database there is no transaction, and "${String(property)}" was asked of it`,
    );
  },
});

/** The tables of intake as maps: what a server costs that keeps nothing. */
export class MemoryIntakeStore implements Store {
  private readonly claims = new Set<string>();
  private readonly leads = new Map<string, LeadState>();
  private readonly decisions: DecidedDelivery['document'][] = [];

  get decided(): number {
    return this.decisions.length;
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

  async loadSituations(
    _trx: DatabaseTransaction,
    deliveries: readonly Delivery[],
  ): Promise<ReadonlyMap<Delivery, LeadSituation>> {
    return new Map(
      deliveries.map((delivery) => [
        delivery,
        { ...UNKNOWN_LEAD, ...this.leads.get(leadKeyText(keyOf({ delivery }))) },
      ]),
    );
  }

  keepFailed(): Promise<void> {
    return Promise.reject(new Error('No delivery of a benchmark may fail'));
  }

  async save(_trx: DatabaseTransaction, decided: readonly DecidedDelivery[]): Promise<void> {
    for (const { delivery, lead, document } of decided) {
      if (lead !== null) this.leads.set(leadKeyText(keyOf({ delivery })), lead);
      if (document !== null) this.decisions.push(document);
    }
  }
}

/** From here on intake stores nothing; its PostgreSQL keeps running and idles. */
export function keepIntakeInMemory(app: INestApplication): MemoryIntakeStore {
  const memory = new MemoryIntakeStore();
  app.get(Transactions).inTransaction = (work) => work(NO_TRANSACTION);
  const store: Store = app.get(IntakeStore);
  store.claim = memory.claim.bind(memory);
  store.loadSituations = memory.loadSituations.bind(memory);
  store.keepFailed = memory.keepFailed.bind(memory);
  store.save = memory.save.bind(memory);
  return memory;
}
