import { Injectable } from '@nestjs/common';
import type { DatabaseTransaction } from '../database/transactions.js';
import type { Delivery } from '../leads/crm-event.js';
import type { LeadKey } from '../leads/lead-key.js';
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

  /**
   * Where the leads that these deliveries change stand; the leads must be locked already.
   *
   * @returns standings by `leadKeyText`
   */
  findStandings(
    trx: DatabaseTransaction,
    deliveries: readonly Delivery[],
  ): Promise<ReadonlyMap<string, OutcomeStanding>> {
    return this.outcomes.findStandings(trx, deliveries.flatMap(changedLead));
  }

  async record(
    trx: DatabaseTransaction,
    deliveries: readonly RecordedDelivery[],
    now: Date,
  ): Promise<void> {
    const conversions = deliveries.map(({ conversion }) => conversion);
    await this.outcomes.record(
      trx,
      conversions.flatMap(({ outcome }) => outcome ?? []),
      now,
    );
    await this.milestones.record(trx, deliveries.flatMap(milestonesIn));
    await this.unmapped.record(
      trx,
      conversions.flatMap(({ unmapped }) => unmapped ?? []),
    );
  }
}

function changedLead({ locationId, event }: Delivery): readonly LeadKey[] {
  return event.kind === 'change' ? [{ locationId, contactId: event.contactId }] : [];
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
