import { Injectable } from '@nestjs/common';
import { NO_ROLLOUT } from '../growth/rollout/rollout.js';
import { GrowthGateService } from '../growth/growth-gate.service.js';
import { decide } from '../intake/decide/decide.js';
import { UNKNOWN_LEAD } from '../intake/decide/decision.js';
import { Decider } from '../intake/decider.js';
import { askedLead, type LeadEvent } from '../leads/crm-event.js';
import { EMPTY_CONTEXT, type LeadContext } from '../leads/lead-context.js';
import { LeadRepository } from '../leads/lead.repository.js';
import { Clock } from '../shared/clock.js';
import { readContactProfile } from '../webhook/normalise/event-fields.js';
import type { LeadAnalysisDto, AnalyzeLeadRequest } from './analyze-lead.dto.js';

/** What a message would come to, without any consequence: stored context is read, nothing is written. */
@Injectable()
export class AnalyzeLeadService {
  constructor(
    private readonly leads: LeadRepository,
    private readonly decider: Decider,
    private readonly gate: GrowthGateService,
    private readonly clock: Clock,
  ) {}

  /** Without growth features: the reply says what the message is worth, not what is being tried. */
  async analyze(request: AnalyzeLeadRequest): Promise<LeadAnalysisDto> {
    const at = request.at === undefined ? this.clock.now() : new Date(request.at);
    const event = asLeadEvent(request, at);
    const situation = { ...UNKNOWN_LEAD, context: await this.storedContext(request) };
    const settings = await this.decider.settingsOf(event.locationId);
    const { document } = decide({ event, situation, settings, rollout: NO_ROLLOUT, at }, this.gate);
    const { lead_score, lead_temperature, priority, estimated_commission, facts, scores } =
      document;
    const { consent, intent, meets_criteria, service_area_match, follow_up, reply } = document;
    return {
      lead_score,
      lead_temperature,
      priority,
      estimated_commission,
      facts,
      consent: consent ?? 'none',
      intent,
      scores,
      meets_criteria,
      service_area_match,
      follow_up,
      reply: reply.text,
    };
  }

  private async storedContext({
    location_id,
    contact_id,
  }: AnalyzeLeadRequest): Promise<LeadContext> {
    if (location_id === undefined || contact_id === undefined) return EMPTY_CONTEXT;
    const lead = { locationId: storable(location_id), contactId: storable(contact_id) };
    return (await this.leads.find(lead))?.context ?? EMPTY_CONTEXT;
  }
}

/** PostgreSQL holds neither NUL nor half a surrogate pair, so no stored id has them. */
function storable(id: string): string {
  return id.replaceAll('\0', '').toWellFormed();
}

function asLeadEvent(request: AnalyzeLeadRequest, at: Date): LeadEvent {
  return askedLead(at, {
    type: 'analyze',
    locationId: request.location_id ?? '',
    contactId: request.contact_id ?? '',
    text: request.message.replaceAll('\0', '').toWellFormed(),
    contact: readContactProfile([request.contact ?? {}]),
  });
}
