import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EffectDraft } from '../../effects/effect.js';
import { GROWTH_VERSION } from '../../growth/growth-feature.js';
import type { DecisionHook, OutcomeEvent } from './decision-hook.js';
import { HookEndpoint } from './hook-endpoint.js';

/** Tells the operator's own system, once it has given an address. Carries ids and statuses, nothing personal. */
@Injectable()
export class OutboundWebhook implements DecisionHook {
  readonly name = 'outbound_webhook';

  constructor(private readonly endpoint: HookEndpoint) {}

  effects(event: OutcomeEvent): readonly EffectDraft[] {
    if (this.endpoint.url === undefined) return [];
    return [
      {
        step: 'decision_hook',
        dueAt: event.decidedAt,
        payload: {
          kind: 'call_hook',
          hookEventId: hookEventId(event),
          eventType: `lead.${event.outcome}`,
          occurredAt: event.occurredAt.toISOString(),
          data: hookData(event),
        },
      },
    ];
  }
}

function hookData(event: OutcomeEvent): Readonly<Record<string, unknown>> {
  return {
    location_id: event.locationId,
    contact_id: event.contactId,
    outcome: event.outcome,
    previous_outcome: event.previousOutcome,
    subject: event.subject,
    status: event.signal,
    lead_source: event.source,
    conversion_feedback_signal: event.feedbackSignal,
    decided_at: event.decidedAt.toISOString(),
    version: GROWTH_VERSION,
  };
}

/** From the event's content, so that deciding stays pure; stored with the effect, hence the same at every retry. */
function hookEventId(event: OutcomeEvent): string {
  const { locationId, contactId, outcome, signal, occurredAt, decidedAt } = event;
  const content = [locationId, contactId, outcome, signal, occurredAt, decidedAt];
  return `evt_${createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 32)}`;
}
