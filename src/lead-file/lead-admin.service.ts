import { Injectable } from '@nestjs/common';
import { ProblemException } from '../http/problem.exception.js';
import { DecisionReadModel } from '../intake/decision.read-model.js';
import { ConsentRecordsRepository } from '../consent/consent-records.repository.js';
import type { LeadContext } from '../leads/lead-context.js';
import type { LeadKey } from '../leads/lead-key.js';
import { LeadRepository } from '../leads/lead.repository.js';
import { EffectReadModel } from '../effects/effect.read-model.js';
import type { PageQuery } from '../http/admin/page.js';
import type { DecisionPageDto, LeadDto, LeadParams } from './lead.dto.js';

const SHOWN_EFFECTS = 50;

/** One lead as an operator sees it. */
@Injectable()
export class LeadAdminService {
  constructor(
    private readonly leads: LeadRepository,
    private readonly decisions: DecisionReadModel,
    private readonly effects: EffectReadModel,
    private readonly consent: ConsentRecordsRepository,
  ) {}

  /** @throws {ProblemException} 404 when the lead is not known */
  async getLead(params: LeadParams): Promise<LeadDto> {
    const key = keyOf(params);
    const context = await this.getContext(key);
    const { items: effects } = await this.effects.list({
      location_id: key.locationId,
      contact_id: key.contactId,
      limit: SHOWN_EFFECTS,
    });
    return {
      context,
      effects,
      consent: await this.consent.listFor(key),
      next_follow_up: (await this.effects.findNextFollowUp(key)) ?? null,
    };
  }

  /** @throws {ProblemException} 404 when the lead is not known, 400 for a cursor that is none of ours */
  async listDecisions(params: LeadParams, query: PageQuery): Promise<DecisionPageDto> {
    const key = keyOf(params);
    await this.getContext(key);
    return this.decisions.listForLead(key, query);
  }

  private async getContext(key: LeadKey): Promise<LeadContext> {
    const lead = await this.leads.find(key);
    if (lead === undefined) throw new ProblemException(404, 'No such lead');
    return lead.context;
  }
}

function keyOf({ location, contact }: LeadParams): LeadKey {
  return { locationId: location, contactId: contact };
}
