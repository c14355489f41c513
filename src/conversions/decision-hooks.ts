import { createHash } from 'node:crypto';
import type { EffectDraft } from '../effects/effect.js';
import { type FeedbackSignal, GROWTH_VERSION } from '../growth/growth-feature.js';
import type { GrowthContribution } from '../growth/growth-contribution.js';
import type { OutcomeReading } from '../growth/outcomes/classify-outcome.js';
import type { LeadChange } from '../leads/crm-event.js';
import type { LeadKey } from '../leads/lead-key.js';
import type { KnownOutcome } from './outcome-standing.js';

/** A lead has come to stand somewhere new. */
export interface OutcomeEvent extends LeadKey {
  readonly outcome: KnownOutcome;
  /** Where the lead stood before; null the first time. */
  readonly previousOutcome: KnownOutcome | null;
  readonly subject: LeadChange['subject'];
  readonly signal: OutcomeReading['signal'];
  readonly source: string | null;
  /** What the lead's last message promised; null when it has not said anything yet. */
  readonly feedbackSignal: FeedbackSignal | null;
  /** What the growth features want written because of it. */
  readonly proposed: Pick<GrowthContribution, 'fields' | 'tags'>;
  readonly occurredAt: Date;
  readonly decidedAt: Date;
  /** Whether the location wants to hear of outcomes. */
  readonly tellsHook: boolean;
}

/** Something that follows from an outcome. Pure: it proposes, and the outbox carries out. */
export interface DecisionHook {
  readonly name: string;
  /** Asked only when the gate and the conversion toggle are on for this lead. Steps are unique over all hooks. */
  effects?(event: OutcomeEvent): readonly EffectDraft[];
  /**
   * Why the pending follow-ups end; null when they stay. Asked for every outcome, whatever the gate
   * says: not to write to a lead who has bought or left is the core's own duty, no feature.
   */
  cancelFollowUps?(event: OutcomeEvent): string | null;
}

const HIGH_INTENT_TAG = 'Conversion-Signal-High-Intent';

/** Carries the outcome back to the contact: state, signal and time as fields, high intent as a tag. */
const crmWriteback: DecisionHook = {
  name: 'crm_writeback',
  effects({ outcome, feedbackSignal, proposed, decidedAt }) {
    const signalField =
      feedbackSignal === null ? {} : { conversion_feedback_signal: feedbackSignal };
    // Automations act on the tag, and nobody should chase a lead that is lost.
    const isPromising = feedbackSignal === 'high_intent' && outcome !== 'lost';
    const tags = isPromising ? [...new Set([...proposed.tags, HIGH_INTENT_TAG])] : proposed.tags;
    return crmWrites({ fields: { ...proposed.fields, ...signalField }, tags }, decidedAt);
  },
};

/**
 * Ends what was planned for a lead that is won, booked or lost. A lead that turns active again, also
 * after it was lost, gets nothing new by itself: a change in the CRM is not a message, and a text out
 * of the blue to somebody who had left does harm. Its next message plans the next step, as ever.
 */
const followUpControl: DecisionHook = {
  name: 'follow_up_control',
  cancelFollowUps: ({ outcome, subject }) =>
    outcome === 'active' ? null : `${subject}_${outcome}`,
};

/** Tells the operator's own system, once it has given an address. Carries ids and statuses, nothing personal. */
const outboundWebhook: DecisionHook = {
  name: 'outbound_webhook',
  effects: (event) =>
    event.tellsHook
      ? [
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
        ]
      : [],
};

/** A further hook is an entry of this list. In order: the CRM is written before anybody is told. */
export const DECISION_HOOKS: readonly DecisionHook[] = [
  crmWriteback,
  followUpControl,
  outboundWebhook,
];

/** The fields and tags as effects; none for what is empty. */
export function crmWrites(
  { fields, tags }: Pick<GrowthContribution, 'fields' | 'tags'>,
  dueAt: Date,
): readonly EffectDraft[] {
  const drafts: EffectDraft[] = [];
  if (Object.keys(fields).length > 0) {
    drafts.push({ step: 'outcome_fields', dueAt, payload: { kind: 'update_fields', fields } });
  }
  if (tags.length > 0) {
    drafts.push({ step: 'outcome_tags', dueAt, payload: { kind: 'add_tags', tags } });
  }
  return drafts;
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
