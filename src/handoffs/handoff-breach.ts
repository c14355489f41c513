import { Injectable } from '@nestjs/common';
import type { DatabaseTransaction } from '../database/transactions.js';
import { GrowthLedger } from '../growth/growth-contribution.js';
import { GrowthCounterRepository } from '../growth/counters/growth-counter.repository.js';
import { LocationSettings } from '../settings/location-settings.js';
import { nextUser } from './assignee.js';
import type { Handoff } from './handoff.js';
import { HandoffOutbox } from './handoff-outbox.js';
import { HandoffRepository } from './handoff.repository.js';

/** The feature under which breaches are counted, and their event. */
const FEATURE = 'sla_handoff_thresholds';
const BREACHED_EVENT = 'handoff_breached';

/** A deadline that nobody kept: recorded, counted, announced and given to the next user, all or nothing. */
@Injectable()
export class HandoffBreach {
  constructor(
    private readonly handoffs: HandoffRepository,
    private readonly outbox: HandoffOutbox,
    private readonly counters: GrowthCounterRepository,
    private readonly settings: LocationSettings,
  ) {}

  /** @returns false, having done nothing, when somebody came in time or when it was recorded before */
  async record(trx: DatabaseTransaction, handoffId: number, at: Date): Promise<boolean> {
    const handoff = await this.handoffs.breach(trx, handoffId, at);
    if (handoff === undefined) return false;
    // Taken after the deadline and before this timer ran: recorded, but nobody is chased any more.
    if (handoff.state === 'open') await this.passOn(trx, handoff, at);
    const ledger = new GrowthLedger();
    ledger.countEvent(FEATURE, BREACHED_EVENT);
    await this.counters.add(trx, ledger.toIncrements());
    return true;
  }

  private async passOn(trx: DatabaseTransaction, handoff: Handoff, at: Date): Promise<void> {
    const { handoff: options } = await this.settings.of(handoff.locationId);
    const next = nextUser(options.userIds, handoff.assignedTo);
    if (next !== null) await this.handoffs.reassign(trx, handoff.handoffId, next);
    await this.outbox.announceBreach(trx, handoff, next, at);
  }
}
