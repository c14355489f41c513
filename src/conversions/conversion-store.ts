import { Injectable } from '@nestjs/common';
import type { DatabaseTransaction } from '../database/transactions.js';
import type { Delivery } from '../leads/crm-event.js';
import { leadKeyText, type LeadKey } from '../leads/lead-key.js';
import type { ConversionRecord } from './conclude-change.js';
import { UnmappedStatusRepository } from './mappings/unmapped-status.repository.js';
import { MilestoneRepository, type LeadMilestone } from './milestones/milestone.repository.js';
import type { OutcomeStanding } from './standing/outcome-standing.js';
import { OutcomeRepository } from './standing/outcome.repository.js';

/** A delivery and what is to be kept of it. */
export interface RecordedDelivery {
  readonly delivery: Delivery;
  readonly conversion: ConversionRecord;
}

/** The tables of outcomes, read and written for a whole batch in the transaction of its decisions. */
@Injectable()
export class ConversionStore {
  constructor(
    private readonly outcomes: OutcomeRepository,
    private readonly unmapped: UnmappedStatusRepository,
    private readonly milestones: MilestoneRepository,
  ) {}

  /** Where the leads that these deliveries change stand. */
  async load(
    trx: DatabaseTransaction,
    deliveries: readonly Delivery[],
  ): Promise<ReadonlyMap<Delivery, { readonly standing: OutcomeStanding | null }>> {
    const changes = deliveries.filter(({ event }) => event.kind === 'change');
    const standings = await this.outcomes.findStandings(trx, changes.map(leadOf));
    return new Map(
      changes.map((delivery) => [
        delivery,
        { standing: standings.get(leadKeyText(leadOf(delivery))) ?? null },
      ]),
    );
  }

  async save(
    trx: DatabaseTransaction,
    { decided, at }: { readonly decided: readonly RecordedDelivery[]; readonly at: Date },
  ): Promise<void> {
    const conversions = decided.map(({ conversion }) => conversion);
    await this.outcomes.record(
      trx,
      conversions.flatMap(({ outcome }) => outcome ?? []),
      at,
    );
    await this.milestones.record(trx, decided.flatMap(milestonesIn));
    await this.unmapped.record(
      trx,
      conversions.flatMap(({ unmapped }) => unmapped ?? []),
    );
  }
}

function leadOf({ locationId, event }: Delivery): LeadKey {
  return { locationId, contactId: event.contactId ?? '' };
}

function milestonesIn({ delivery, conversion }: RecordedDelivery): readonly LeadMilestone[] {
  const { locationId, deliveryId, event } = delivery;
  return conversion.milestones.map((kind) => ({
    locationId,
    contactId: event.contactId ?? '',
    kind,
    occurredAt: event.occurredAt,
    deliveryId,
  }));
}
