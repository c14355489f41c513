import type { INestApplication } from '@nestjs/common';
import type { PipelinedTransaction } from '../../src/database/pipelined-transaction.js';
import { Reading, type Statement } from '../../src/database/reading.js';
import { Transactions } from '../../src/database/transactions.js';
import { UNKNOWN_LEAD, type Situation } from '../../src/intake/decide/decision.js';
import { DeliveryRepository } from '../../src/intake/delivery.repository.js';
import {
  INTAKE_PARTICIPANTS,
  type IntakeBatch,
  type IntakeParticipant,
  type LoadedLead,
} from '../../src/intake/intake-participants.js';
import type { Delivery } from '../../src/leads/crm-event.js';
import { leadKeyText } from '../../src/leads/lead-key.js';

/** Reads what is known without asking; whoever asks something has not been replaced. */
const NO_DATABASE: Pick<PipelinedTransaction, 'read'> = {
  read: async (reading) => {
    if (reading.statements.length > 0) throw new Error('Without a database nothing can be asked');
    return reading.read([]);
  },
};

/** The tables of intake as maps: what a server costs that keeps nothing. */
export class MemoryIntake implements IntakeParticipant {
  private readonly claims = new Set<string>();
  private readonly leads = new Map<string, Situation>();
  private decisions = 0;

  get decided(): number {
    return this.decisions;
  }

  claim(deliveries: readonly Delivery[]): Reading<ReadonlySet<Delivery>> {
    const fresh = deliveries.filter(({ locationId, claims }) => {
      const keys = claims.map(({ id }) => JSON.stringify([locationId, id]));
      if (keys.some((key) => this.claims.has(key))) return false;
      for (const key of keys) this.claims.add(key);
      return true;
    });
    return Reading.known(new Set(fresh));
  }

  load(deliveries: readonly Delivery[]): Reading<ReadonlyMap<Delivery, Partial<LoadedLead>>> {
    return Reading.known(
      new Map(
        deliveries.map((delivery) => {
          const { context, featureStates } = this.leads.get(keyOf(delivery)) ?? UNKNOWN_LEAD;
          return [delivery, { context, featureStates }];
        }),
      ),
    );
  }

  save({ decided }: IntakeBatch): readonly Statement[] {
    for (const { delivery, state, context, featureStates, document } of decided) {
      if (state === 'failed') throw new Error('No delivery of a benchmark may fail');
      if (context !== null) {
        this.leads.set(keyOf(delivery), { ...UNKNOWN_LEAD, context, featureStates });
      }
      if (document !== null) this.decisions += 1;
    }
    return [];
  }
}

function keyOf({ locationId, event }: Delivery): string {
  return leadKeyText({ locationId, contactId: event.contactId ?? '' });
}

/** From here on intake stores nothing; its PostgreSQL keeps running and idles. */
export function keepIntakeInMemory(app: INestApplication): MemoryIntake {
  const memory = new MemoryIntake();
  app.get(Transactions).inPipeline = async (work) =>
    (await work(NO_DATABASE as PipelinedTransaction)).result;
  app.get(DeliveryRepository).claim = memory.claim.bind(memory);
  const participants = app.get<IntakeParticipant[]>(INTAKE_PARTICIPANTS);
  participants.splice(0, participants.length, memory);
  return memory;
}
