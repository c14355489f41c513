import { Injectable } from '@nestjs/common';
import { ProblemException } from '../http/problem.exception.js';
import { DecisionReadModel } from '../intake/decision.read-model.js';
import type { LeadContext } from '../leads/lead-context.js';
import type { LeadKey } from '../leads/lead-key.js';
import { LeadRepository } from '../leads/lead.repository.js';
import { EffectReadModel } from '../effects/effect.read-model.js';
import { DEFAULT_LIMIT } from '../http/admin/page-limit.js';
import type { DecisionPageDto, LeadDto, LeadParams } from './lead.dto.js';

const SHOWN_EFFECTS = 50;

/** One lead as an operator sees it. */
@Injectable()
export class LeadAdminService {
  constructor(
    private readonly leads: LeadRepository,
    private readonly decisions: DecisionReadModel,
    private readonly effects: EffectReadModel,
  ) {}

  /** @throws {ProblemException} 404 when the lead is not known */
  async getLead(params: LeadParams): Promise<LeadDto> {
    const key = keyOf(params);
    const context = await this.getContext(key);
    const scope = { location_id: key.locationId, contact_id: key.contactId };
    return {
      context,
      effects: await this.effects.list(scope, SHOWN_EFFECTS),
      next_follow_up: (await this.effects.findNextFollowUp(key)) ?? null,
    };
  }

  /** @throws {ProblemException} 404 when the lead is not known */
  async listDecisions(params: LeadParams, limit = DEFAULT_LIMIT): Promise<DecisionPageDto> {
    const key = keyOf(params);
    await this.getContext(key);
    const stored = await this.decisions.listForLead(key, limit);
    return {
      decisions: stored.map(({ deliveryId, decidedAt, document }) => ({
        delivery_id: deliveryId,
        decided_at: decidedAt,
        document,
      })),
    };
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
