import { Injectable } from '@nestjs/common';
import { Transactions } from '../../database/transactions.js';
import { CRM_DO_NOT_DISTURB } from '../../leads/lead-context.js';
import { leadKeyText, type LeadKey } from '../../leads/lead-key.js';
import { LeadRepository } from '../../leads/lead.repository.js';
import { Clock } from '../../shared/clock.js';
import { EffectRepository } from '../effect.repository.js';

/** A lead that the CRM refuses to text is not tried again: suppressed here too, its follow-ups ended. */
@Injectable()
export class LeadSuppression {
  constructor(
    private readonly leads: LeadRepository,
    private readonly effects: EffectRepository,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** Lifted when the CRM says that the contact may be texted again. */
  async suppress({ locationId, contactId }: LeadKey): Promise<void> {
    const lead = { locationId, contactId };
    const now = this.clock.now();
    await this.transactions.inTransaction(async (trx) => {
      const stored = (await this.leads.lock(trx, [lead], now)).get(leadKeyText(lead));
      if (stored === undefined || stored.context.suppression !== null) return;
      const suppression = { at: now.toISOString(), reason: CRM_DO_NOT_DISTURB };
      const context = { ...stored.context, suppression, follow_up: null };
      await this.leads.saveContexts(trx, [{ ...lead, context }], now);
      const cancellations = [{ ...lead, reason: CRM_DO_NOT_DISTURB }];
      await this.effects.replan(trx, { requests: [], cancellations }, now);
    });
  }
}
