import { Injectable } from '@nestjs/common';
import type { EffectDraft } from '../../effects/effect.js';
import type { DecisionHook, OutcomeEvent } from './decision-hook.js';

/**
 * Ends what was planned for a lead that is won, booked or lost. A lead that turns active again, also
 * after it was lost, gets nothing new by itself: a change in the CRM is not a message, and a text out
 * of the blue to somebody who had left does harm. Its next message plans the next step, as ever.
 */
@Injectable()
export class FollowUpControl implements DecisionHook {
  readonly name = 'follow_up_control';

  effects(): readonly EffectDraft[] {
    return [];
  }

  cancelFollowUps({ outcome, subject }: OutcomeEvent): string | null {
    return outcome === 'active' ? null : `${subject}_${outcome}`;
  }
}
