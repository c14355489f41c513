import { Injectable } from '@nestjs/common';
import type { EffectDraft } from '../../effects/effect.js';
import type { GrowthEffects } from '../../growth/growth-run.js';
import type { DecisionHook, OutcomeEvent } from './decision-hook.js';

const HIGH_INTENT_TAG = 'Conversion-Signal-High-Intent';

/** Carries the outcome back to the contact: state, signal and time as fields, high intent as a tag. */
@Injectable()
export class CrmWriteback implements DecisionHook {
  readonly name = 'crm_writeback';

  effects({ outcome, feedbackSignal, proposed, decidedAt }: OutcomeEvent): readonly EffectDraft[] {
    const signalField =
      feedbackSignal === null ? {} : { conversion_feedback_signal: feedbackSignal };
    // Automations act on the tag, and nobody should chase a lead that is lost.
    const isPromising = feedbackSignal === 'high_intent' && outcome !== 'lost';
    const tags = isPromising ? [...new Set([...proposed.tags, HIGH_INTENT_TAG])] : proposed.tags;
    return crmWrites({ fields: { ...proposed.fields, ...signalField }, tags }, decidedAt);
  }
}

/** The fields and tags as effects; none for what is empty. */
export function crmWrites(
  { fields, tags }: Pick<GrowthEffects, 'fields' | 'tags'>,
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
