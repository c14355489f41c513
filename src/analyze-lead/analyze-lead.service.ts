import { Injectable } from '@nestjs/common';
import { Configuration } from '../config/configuration.js';
import { Clock } from '../shared/clock.js';
import { readContactProfile } from '../webhook/normalise/contact-profile.js';
import type { LeadEvent } from '../leads/crm-event.js';
import { decideLead } from '../intake/decide/decide-lead.js';
import { EMPTY_CONTEXT, type LeadContext } from '../leads/lead-context.js';
import { LeadRepository } from '../leads/lead.repository.js';
import type { LeadAnalysisDto, AnalyzeLeadRequest } from './analyze-lead.dto.js';

/** What a message would come to, without any consequence: stored context is read, nothing is written. */
@Injectable()
export class AnalyzeLeadService {
  constructor(
    private readonly leads: LeadRepository,
    private readonly configuration: Configuration,
    private readonly clock: Clock,
  ) {}

  async analyze(request: AnalyzeLeadRequest): Promise<LeadAnalysisDto> {
    const decidedAt = this.clock.now();
    const { draft } = decideLead({
      event: asLeadEvent(request, decidedAt),
      context: await this.storedContext(request),
      profile: this.configuration.profile,
      replyMode: this.configuration.replyMode,
      handoffOpen: false,
      decidedAt,
    });
    return { ...draft.analysis, follow_up: draft.followUp, reply: draft.reply.text };
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

function asLeadEvent(request: AnalyzeLeadRequest, receivedAt: Date): LeadEvent {
  return {
    kind: 'lead',
    type: 'analyze',
    locationId: request.location_id ?? '',
    contactId: request.contact_id ?? '',
    occurredAt: receivedAt,
    receivedAt,
    text: request.message.replaceAll('\0', '').toWellFormed(),
    contact: readContactProfile([request.contact ?? {}]),
    source: null,
    channel: null,
    replyChannel: 'SMS',
    messageId: null,
    conversationId: null,
    signals: [],
  };
}
